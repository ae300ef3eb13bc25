import { expect } from 'chai';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard booleanConditions', () => {
  it('makes a condition that is neither true nor false an incident that names its flow, and retries it', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + userTask('A') + exclusive('X', 'default="X_F" ') + userTask('B') + end('E') + end('F'),
        'Start -> A -> X',
        'X -> E if complete',
        'X -> F',
      ).replace('<bpmn:userTask id="B"></bpmn:userTask>', ''),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const effects = await instance.step(commandFor(instance.only('A'), { complete: 'yes' }), at(NOW));

    // then
    const incident = effects.find(({ type }) => type === 'incidentRaised');
    expect(incident).to.deep.include({ flowNode: 'X', code: 'CONDITION_NOT_BOOLEAN' });
    expect(JSON.stringify(incident)).to.include('X_E');

    // and when
    const retried = await instance.step(commandFor(instance.only('X'), {}), at(NOW));

    // then
    expect(retried.map(({ type }) => type)).to.deep.equal(['incidentResolved', 'incidentRaised']);
  });
});
