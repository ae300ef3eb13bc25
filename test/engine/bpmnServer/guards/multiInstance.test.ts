import { expect } from 'chai';
import { boundary, diagram, each, end, exclusive, start, timer, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

const XML = diagram(
  start +
    exclusive('Again') +
    userTask('A', each('members', 'member')) +
    boundary('Late', 'A', timer('Late')) +
    userTask('B') +
    end('F'),
  'Start -> Again -> A -> B -> Again',
  'Late -> F',
);

describe('bpmn-server, guard multiInstance', () => {
  it('gives each instance its element, and each round its own instances', async () => {
    // given
    const instance = await onServer(XML);
    const begun = await instance.step(
      { type: 'start', variables: { members: ['x', 'x', { id: 3 }] } },
      at(NOW),
    );

    // when
    for (const open of instance.open.filter(({ kind }) => kind === 'task')) {
      await instance.step(commandFor(open, {}), at(NOW));
    }
    const again = await instance.step(commandFor(instance.only('B'), { members: ['y'] }), at(NOW));

    // then
    const elements = [begun, again].map((effects) =>
      effects.flatMap((effect) =>
        effect.type === 'taskCreated'
          ? [[effect.instance, effect.variables.member, effect.variables.loopCounter]]
          : [],
      ),
    );
    expect(elements).to.deep.equal([
      [
        [0, 'x', 1],
        [1, 'x', 2],
        [2, { id: 3 }, 3],
      ],
      [[0, 'y', 1]],
    ]);
  });

  it('completes at once over an empty list, and stops at an incident where there is no list', async () => {
    // given
    const empty = await onServer(XML);
    const none = await onServer(XML);

    // when
    const effects = await empty.step({ type: 'start', variables: { members: [] } }, at(NOW));
    const faulty = await none.step({ type: 'start', variables: {} }, at(NOW));
    const retried = await none.step(commandFor(none.only('A'), {}), at(NOW));

    // then
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['B']);
    expect(nodesOf(effects, 'timerCancelled')).to.deep.equal(['Late']);
    expect(faulty.at(-1)).to.deep.include({
      type: 'incidentRaised',
      flowNode: 'A',
      code: 'COLLECTION_NOT_A_LIST',
    });
    expect(retried.map(({ type }) => type)).to.deep.equal(['incidentResolved', 'incidentRaised']);
  });
});
