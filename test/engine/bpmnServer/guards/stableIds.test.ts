import { expect } from 'chai';
import type { EngineCommand } from '../../../../src/engine/interpreter.ts';
import { diagram, each, end, start, userTask } from '../diagram.ts';
import { at, NOW, onServer, server } from '../onServer.ts';

describe('bpmn-server, guard stableIds', () => {
  it('gives the same effects, identifiers included, for the same state and command', async () => {
    // given
    const xml = diagram(start + userTask('A', each('members', 'member')) + end('E'), 'Start -> A -> E');
    const engine = await server();
    const definition = await engine.compile(xml, 'hash');
    const begin: EngineCommand = { type: 'start', variables: { members: ['a', 'b'] } };
    const instance = await onServer(xml);
    await instance.step(begin, at(NOW));
    const [open] = instance.open;
    const command = { type: 'completeTask', id: open?.id ?? '', variables: { said: 'yes' } } as const;

    // when
    const [one, two] = [
      await engine.step(definition, instance.state, command, at(NOW)),
      await engine.step(definition, instance.state, command, at(NOW + 1)),
    ];

    // then
    expect(two).to.deep.equal(one);
    expect(await engine.step(definition, null, begin, at(NOW))).to.deep.equal(
      await engine.step(definition, null, begin, at(NOW)),
    );
  });
});
