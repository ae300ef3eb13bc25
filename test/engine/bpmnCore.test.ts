import { expect } from 'chai';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { RefusedDefinition } from '../../src/engine/interpreter.ts';
import { diagram, end, serviceTask, start, userTask } from './bpmnServer/diagram.ts';
import { server } from './bpmnServer/onServer.ts';
import { commandFor, Runner } from './bpmnServer/runner.ts';

const XML = diagram(start + userTask('A') + serviceTask('B') + end('E'), 'Start -> A -> B -> E').replace(
  '<bpmn:userTask id="A"',
  '<bpmn:userTask id="A" camunda:candidateGroups="registryOfficer"',
);
const CONTEXT = { now: Date.UTC(2026, 0, 5) };

async function begun(): Promise<Runner> {
  const engine = bpmnCore();
  const instance = new Runner(engine, await engine.compile(XML, 'hash'));
  await instance.step({ type: 'start', variables: { n: 1 } }, CONTEXT);
  return instance;
}

describe('bpmn-core behind the interpreter interface', () => {
  it('tells the host the hash it was given, and of each node its type and foreign attributes', async () => {
    const { hash, nodes } = await bpmnCore().compile(XML, 'hash');
    expect(hash).to.equal('hash');
    expect(nodes.A).to.deep.equal({
      type: 'bpmn:UserTask',
      extension: { 'camunda:candidateGroups': 'registryOfficer' },
    });
    expect(Object.keys(nodes)).to.have.members(['Start', 'A', 'B', 'E']);
  });

  it('runs an instance from start to end', async () => {
    // given
    const instance = await begun();

    // when
    await instance.step(commandFor(instance.only('A'), { n: 2 }), CONTEXT);
    const effects = await instance.step(commandFor(instance.only('B'), { m: 3 }), CONTEXT);

    // then
    expect(effects.at(-1)).to.deep.equal({
      type: 'instanceEnded',
      status: 'completed',
      variables: { n: 2, m: 3 },
    });
  });

  it('refuses with every reason', async () => {
    const xml = diagram(
      `${start}<bpmn:scriptTask id="S" /><bpmn:callActivity id="C" />${end('E')}`,
      'Start -> S -> C -> E',
    );
    const refused = await bpmnCore()
      .compile(xml, 'hash')
      .catch((error: unknown) => error);
    if (!(refused instanceof RefusedDefinition)) throw new Error(`not refused: ${refused}`);
    expect(refused.refusals.map(({ element }) => element)).to.include.members(['S', 'C']);
  });

  it('rejects what does not fit the state', async () => {
    const instance = await begun();
    const { id } = instance.only('A');
    const codes = [
      await instance.attempt({ type: 'start', variables: {} }, CONTEXT),
      await instance.attempt({ type: 'completeJob', id, variables: {} }, CONTEXT),
      await instance.attempt({ type: 'correlateMessage', name: 'none', variables: {} }, CONTEXT),
    ];
    await instance.step({ type: 'cancel', reason: 'withdrawn' }, CONTEXT);
    codes.push(await instance.attempt({ type: 'completeTask', id, variables: {} }, CONTEXT));
    instance.state = { engine: 'bpmn-server' };
    codes.push(await instance.attempt({ type: 'completeTask', id, variables: {} }, CONTEXT));
    expect(codes).to.deep.equal(['OTHER', 'NOT_WAITING', 'NO_SUBSCRIPTION', 'ENDED', 'OTHER']);
  });

  it('does not run a definition that another engine compiled', async () => {
    const other = await (await server()).compile(XML, 'hash');
    const outcome = await bpmnCore()
      .step(other, null, { type: 'start', variables: {} }, CONTEXT)
      .catch((error: unknown) => error);
    expect(String(outcome)).to.include('another engine');
  });
});
