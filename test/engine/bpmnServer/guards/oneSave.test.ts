import { expect } from 'chai';
import { loadLibrary } from '../../../../src/engine/bpmnServer/load.ts';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';

describe('bpmn-server, guard oneSave', () => {
  it('never builds the whole document in the middle of a step', async () => {
    // given
    const { Execution } = await loadLibrary();
    const { getState } = Execution.prototype;
    let built = 0;
    Execution.prototype.getState = function () {
      built++;
      return getState.call(this);
    };
    const instance = await onServer(
      diagram(
        start + exclusive('X') + exclusive('Y') + userTask('A') + end('E'),
        'Start -> X -> Y -> A -> E',
      ),
    );

    // when
    await instance
      .step({ type: 'start', variables: {} }, at(NOW))
      .finally(() => Object.assign(Execution.prototype, { getState }));

    // then
    expect(built).to.equal(0);
    expect(instance.choices()).to.have.length(1);
  });
});
