import { expect } from 'chai';
import { bpmnServer } from '../../../../src/engine/bpmnServer/bpmnServer.ts';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW } from '../onServer.ts';
import { commandFor, Runner } from '../runner.ts';

describe('bpmn-server, guard quiet', () => {
  it('prints nothing, neither when it starts nor when something fails', async () => {
    // given
    const printed: unknown[][] = [];
    const { log, error, warn } = console;
    const note = (...words: unknown[]) => printed.push(words);
    Object.assign(console, { log: note, error: note, warn: note });

    // when
    try {
      const engine = await bpmnServer();
      const xml = diagram(
        start + userTask('A') + exclusive('X') + end('E') + end('F'),
        'Start -> A -> X',
        'X -> E if k = 1',
        'X -> F if k = 2',
      );
      const instance = new Runner(engine, await engine.compile(xml, 'hash'));
      await instance.step({ type: 'start', variables: { k: 0 } }, at(NOW));
      await instance.step(commandFor(instance.only('A'), {}), at(NOW));
      await instance.attempt({ type: 'completeTask', id: 'none', variables: {} }, at(NOW));
    } finally {
      Object.assign(console, { log, error, warn });
    }

    // then
    expect(printed).to.deep.equal([]);
  });

  it('lets an error that is no fault of the diagram reach the caller', async () => {
    // given
    const engine = await bpmnServer();
    const xml = diagram(start + userTask('A') + end('E'), 'Start -> A -> E');
    const definition = await engine.compile(xml, 'hash');

    // when
    const outcome = await engine
      .step(
        definition,
        { engine: 'bpmn-server', schema: 1, definition: 'hash', status: 'active', tokens: null },
        {
          type: 'completeTask',
          id: 'item1',
          variables: {},
        },
        at(NOW),
      )
      .then(
        () => 'done',
        (error: unknown) => error,
      );

    // then
    expect(outcome).to.be.instanceOf(TypeError);
  });
});
