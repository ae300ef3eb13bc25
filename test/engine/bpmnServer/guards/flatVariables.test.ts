import { expect } from 'chai';
import { diagram, each, end, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard flatVariables', () => {
  it('writes what instances bring at process level, whatever their elements and names are', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + userTask('A', each('members', 'member')) + userTask('B') + end('E'),
        'Start -> A -> B -> E',
      ),
    );
    await instance.step({ type: 'start', variables: { members: ['a.b@c.ma', { body: 2 }] } }, at(NOW));

    // when
    for (const open of instance.choices()) {
      const said = {
        [`opinion ${open.instance}`]: 'favourable',
        'vars.x': 1,
        member: 'changed',
        loopCounter: 9,
      };
      await instance.step(commandFor(open, said), at(NOW));
    }
    const effects = await instance.step(commandFor(instance.only('B'), {}), at(NOW));

    // then
    const variables = {
      members: ['a.b@c.ma', { body: 2 }],
      'opinion 0': 'favourable',
      'opinion 1': 'favourable',
      'vars.x': 1,
    };
    expect(effects.at(-1)).to.deep.equal({ type: 'instanceEnded', status: 'completed', variables });
  });
});
