import { expect } from 'chai';
import { feelScripts } from '../../../../src/engine/bpmnServer/guards/feelScripts.ts';
import { RefusedDefinition } from '../../../../src/engine/interpreter.ts';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer, server } from '../onServer.ts';

describe('bpmn-server, guard feelScripts', () => {
  it('evaluates conditions as FEEL', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + exclusive('X') + userTask('Many') + userTask('Few') + end('E') + end('F'),
        'Start -> X',
        'X -> Many if count(pieces) > 1',
        'X -> Few if count(pieces) = 1',
        'Many -> E',
        'Few -> F',
      ),
    );

    // when
    const effects = await instance.step({ type: 'start', variables: { pieces: ['plan'] } }, at(NOW));

    // then
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['Few']);
  });

  it('runs no code of a diagram', async () => {
    // given
    const engine = await server();
    const code = diagram(
      start + exclusive('X', 'default="X_F" ') + end('E') + end('F'),
      'Start -> X',
      'X -> E if process.exit(1) === 0',
      'X -> F',
    );
    const script = diagram(
      `${start}<bpmn:scriptTask id="S" scriptFormat="js"><bpmn:script>process.exit(1)</bpmn:script></bpmn:scriptTask>${end('E')}`,
      'Start -> S -> E',
    );

    // when
    const refused = await Promise.all(
      [code, script].map((xml) => engine.compile(xml, 'h').catch((e: unknown) => e)),
    );

    // then
    for (const refusal of refused) expect(refusal).to.be.instanceOf(RefusedDefinition);
    expect(() => feelScripts.executeScript()).to.throw('not run');
  });
});
