import { expect } from 'chai';
import { boundary, diagram, each, end, message, parallel, start, timer, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard boundaryEvents', () => {
  it('arms one timer for a multi-instance activity; when it fires, all that is left of it is cancelled', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          userTask('A', each('members', 'member')) +
          boundary('Late', 'A', timer('Late')) +
          boundary('Later', 'A', timer('Later', 'P9D')) +
          end('E') +
          end('F') +
          end('G'),
        'Start -> A -> E',
        'Late -> F',
        'Later -> G',
      ),
    );

    // when
    const armed = await instance.step({ type: 'start', variables: { members: ['a', 'b', 'c'] } }, at(NOW));
    const [first] = instance.open.filter(({ kind }) => kind === 'task');
    if (first !== undefined) await instance.step(commandFor(first, {}), at(NOW));
    const effects = await instance.step(commandFor(instance.only('Late'), {}), at(NOW));

    // then
    expect(nodesOf(armed, 'timerScheduled')).to.deep.equal(['Late', 'Later']);
    expect(nodesOf(effects, 'taskCancelled')).to.deep.equal(['A', 'A']);
    expect(nodesOf(effects, 'timerCancelled')).to.deep.equal(['Later']);
    expect(nodesOf(effects, 'endEventReached')).to.deep.equal(['F']);
    expect(instance.ended).to.equal(true);
  });

  it('keeps the flow behind a boundary event when its activity ends, in whichever order', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          parallel('Fork') +
          userTask('A') +
          userTask('B') +
          boundary('Late', 'B', timer('Late'), false) +
          userTask('Prompt') +
          end('Prompted') +
          parallel('Join') +
          userTask('C') +
          end('E'),
        'Start -> Fork -> A -> Join -> C -> E',
        'Fork -> B -> Join',
        'Late -> Prompt -> Prompted',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));
    await instance.step(commandFor(instance.only('Late'), {}), at(NOW));

    // when
    await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    const effects = await instance.step(commandFor(instance.only('B'), {}), at(NOW));

    // then
    expect(nodesOf(effects, 'taskCancelled')).to.deep.equal([]);
    expect(instance.choices().map(({ flowNode }) => flowNode)).to.deep.equal(['C', 'Prompt']);
  });

  it('hears a message that does not interrupt each time it comes', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          userTask('A') +
          boundary('Called', 'A', message('Called'), false) +
          userTask('B') +
          end('E') +
          end('F'),
        'Start -> A -> E',
        'Called -> B -> F',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    for (let n = 0; n < 3; n++)
      await instance.step({ type: 'correlateMessage', name: 'call', variables: {} }, at(NOW));

    // then
    expect(instance.choices().map(({ flowNode }) => flowNode)).to.deep.equal(['A', 'B', 'B', 'B']);
  });
});
