import { expect } from 'chai';
import { diagram, end, serviceTask, start } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard serviceJobs', () => {
  it('lets service and send tasks wait for their jobs', async () => {
    // given
    const instance = await onServer(
      diagram(`${start + serviceTask('A')}<bpmn:sendTask id="B" />${end('E')}`, 'Start -> A -> B -> E'),
    );

    // when
    const asked = await instance.step({ type: 'start', variables: { n: 1 } }, at(NOW));
    const done = await instance.step(commandFor(instance.only('A'), { n: 2 }), at(NOW));
    const twice = await instance.attempt({ type: 'completeJob', id: 'item9', variables: {} }, at(NOW));
    const asTask = await instance.attempt(
      { type: 'completeTask', id: instance.only('B').id, variables: {} },
      at(NOW),
    );

    // then
    expect(nodesOf(asked, 'jobRequested')).to.deep.equal(['A']);
    expect(done.map(({ type }) => type)).to.deep.equal([
      'jobCompleted',
      'flowNodeLeft',
      'flowNodeEntered',
      'jobRequested',
    ]);
    expect(done.at(-1)).to.deep.include({ variables: { n: 2 } });
    expect([twice, asTask]).to.deep.equal(['NOT_WAITING', 'NOT_WAITING']);
  });
});
