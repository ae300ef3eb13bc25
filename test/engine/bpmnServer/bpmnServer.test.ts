import { expect } from 'chai';
import { bpmnCore } from '../../../src/engine/bpmnCore.ts';
import { diagram, end, start, userTask } from './diagram.ts';
import { at, NOW, onServer, server } from './onServer.ts';
import { commandFor, Runner } from './runner.ts';

const XML = diagram(start + userTask('A') + end('E'), 'Start -> A -> E');

describe('bpmn-server behind the interpreter interface', () => {
  it('runs steps of several instances at once without mixing them up', async () => {
    // given
    const engine = await server();
    const definition = await engine.compile(XML, 'hash');
    const instances = Array.from({ length: 20 }, () => new Runner(engine, definition));

    // when
    await Promise.all(instances.map((one, n) => one.step({ type: 'start', variables: { n } }, at(NOW + n))));
    const ends = await Promise.all(
      instances.map((one, n) => one.step(commandFor(one.only('A'), { done: n }), at(NOW))),
    );

    // then
    expect(ends.map((effects) => effects.at(-1))).to.deep.equal(
      instances.map((_, n) => ({ type: 'instanceEnded', status: 'completed', variables: { n, done: n } })),
    );
  });

  it('changes nothing that it is given', async () => {
    // given
    const instance = await onServer(XML);
    await instance.step({ type: 'start', variables: { list: [1] } }, at(NOW));
    const frozen = deepFreeze(structuredClone(instance.state));
    const command = deepFreeze(commandFor(instance.only('A'), { list: [2] }));

    // when
    const { effects } = await instance.interpreter.step(instance.definition, frozen, command, at(NOW));

    // then
    expect(effects.at(-1)).to.deep.include({ variables: { list: [2] } });
  });

  it('rejects what does not fit the state', async () => {
    // given
    const instance = await onServer(XML);
    const early = await instance.attempt({ type: 'cancel', reason: '' }, at(NOW));
    await instance.step({ type: 'start', variables: {} }, at(NOW));
    const { id } = instance.only('A');

    // when
    const codes = [
      early,
      await instance.attempt({ type: 'start', variables: {} }, at(NOW)),
      await instance.attempt({ type: 'completeJob', id, variables: {} }, at(NOW)),
      await instance.attempt({ type: 'fireTimer', id }, at(NOW)),
      await instance.attempt({ type: 'retry', id }, at(NOW)),
      await instance.attempt({ type: 'correlateMessage', name: 'none', variables: {} }, at(NOW)),
    ];
    await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    codes.push(await instance.attempt({ type: 'completeTask', id, variables: {} }, at(NOW)));

    // then
    expect(codes).to.deep.equal([
      'OTHER',
      'OTHER',
      'NOT_WAITING',
      'NOT_WAITING',
      'NOT_WAITING',
      'NO_SUBSCRIPTION',
      'ENDED',
    ]);
  });

  it('does not run a definition that another engine compiled', async () => {
    const other = await bpmnCore().compile(XML, 'hash');
    const outcome = await (await server())
      .step(other, null, { type: 'start', variables: {} }, at(NOW))
      .catch((error: unknown) => error);
    expect(String(outcome)).to.include('another engine');
  });

  it('refuses a state of another definition or engine', async () => {
    const instance = await onServer(XML);
    instance.state = { schema: 1, tokens: [] };
    expect(await instance.attempt({ type: 'cancel', reason: '' }, at(NOW))).to.equal('OTHER');
    instance.state = { schema: 1, engine: 'bpmn-server', definition: 'other', status: 'active', tokens: [] };
    expect(await instance.attempt({ type: 'cancel', reason: '' }, at(NOW))).to.equal('OTHER');
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
