import { expect } from 'chai';
import { loadLibrary } from '../../../../src/engine/bpmnServer/load.ts';
import { boundary, diagram, each, end, parallel, serviceTask, start, timer, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

const XML = diagram(
  start +
    parallel('Fork') +
    userTask('A', each('members', 'member')) +
    boundary('Late', 'A', timer('Late')) +
    boundary('Later', 'A', timer('Later', 'P9D')) +
    serviceTask('B') +
    end('E') +
    end('F') +
    end('G'),
  'Start -> Fork -> A -> E',
  'Fork -> B -> F',
  'Late -> G',
  'Later -> G',
);

describe('bpmn-server, guard cancelledBranches', () => {
  it('tells of everything that a cancelled instance leaves behind', async () => {
    // given
    const instance = await onServer(XML);
    await instance.step({ type: 'start', variables: { members: ['a', 'b'] } }, at(NOW));

    // when
    const effects = await instance.step({ type: 'cancel', reason: 'withdrawn' }, at(NOW));
    const after = await instance.attempt({ type: 'cancel', reason: 'again' }, at(NOW));

    // then
    expect(effects.map(({ type }) => type).sort()).to.deep.equal([
      'instanceEnded',
      'jobCancelled',
      'taskCancelled',
      'taskCancelled',
      'timerCancelled',
      'timerCancelled',
    ]);
    expect(effects.at(-1)).to.deep.include({ status: 'cancelled' });
    expect(after).to.equal('ENDED');
  });

  it('cancels all that an interrupting event interrupts before anything follows from it', async () => {
    // given
    const instance = await onServer(XML);
    await instance.step({ type: 'start', variables: { members: ['a', 'b'] } }, at(NOW));

    // when
    const effects = await instance.step(commandFor(instance.only('Late'), {}), at(NOW));

    // then
    expect(effects.map(({ type }) => type)).to.deep.equal([
      'timerFired',
      'timerCancelled',
      'taskCancelled',
      'taskCancelled',
      'flowNodeEntered',
      'flowNodeLeft',
      'flowNodeEntered',
      'endEventReached',
      'flowNodeLeft',
    ]);
  });

  it('lets an error on the way reach the caller instead of the console', async () => {
    // given
    const { UserTask } = await loadLibrary();
    const { end: endTask } = UserTask.prototype;
    const instance = await onServer(XML);
    await instance.step({ type: 'start', variables: { members: ['a', 'b'] } }, at(NOW));
    UserTask.prototype.end = async () => {
      throw new Error('disk full');
    };

    // when
    const outcome = await instance
      .attempt({ type: 'cancel', reason: '' }, at(NOW))
      .catch((error: unknown) => error)
      .finally(() => Object.assign(UserTask.prototype, { end: endTask }));

    // then
    expect(String(outcome)).to.include('disk full');
  });
});
