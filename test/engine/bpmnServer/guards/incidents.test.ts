import { expect } from 'chai';
import { boundary, diagram, each, end, exclusive, parallel, start, timer, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard incidents', () => {
  it('stops the token at fault, lets the others go on, and tries again what failed', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          parallel('Fork') +
          userTask('A') +
          boundary('Late', 'A', timer('Late', '=delay')) +
          userTask('B') +
          end('E') +
          end('F') +
          end('G'),
        'Start -> Fork -> A -> E',
        'Fork -> B -> F',
        'Late -> G',
      ),
    );

    // when
    const begun = await instance.step({ type: 'start', variables: { delay: 3 } }, at(NOW));
    await instance.step(commandFor(instance.only('B'), { delay: 'PT5M' }), at(NOW));
    const retried = await instance.step(commandFor(instance.only('A'), {}), at(NOW));

    // then
    expect(nodesOf(begun, 'incidentRaised')).to.deep.equal(['A']);
    expect(nodesOf(begun, 'taskCreated')).to.deep.equal(['B']);
    expect(retried.map(({ type }) => type)).to.deep.equal([
      'incidentResolved',
      'timerScheduled',
      'taskCreated',
    ]);
  });

  it('stops a loop in which nothing waits', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + exclusive('Again') + userTask('A', each('members', 'member')) + exclusive('X') + end('E'),
        'Start -> Again -> A -> X',
        'X -> E if stop',
        'X -> Again if not(stop)',
      ),
    );

    // when
    const effects = await instance.step({ type: 'start', variables: { members: [], stop: false } }, at(NOW));

    // then
    expect(effects.at(-1)).to.deep.include({ type: 'incidentRaised', code: 'TOO_MANY_MOVES' });
  }).timeout(10_000);
});
