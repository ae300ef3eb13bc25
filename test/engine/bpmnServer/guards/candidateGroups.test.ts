import { expect } from 'chai';
import { diagram, end, start } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';

describe('bpmn-server, guard candidateGroups', () => {
  it('runs a task in a lane that has candidate groups of its own, and evaluates none of them', async () => {
    // given
    const lanes =
      '<bpmn:laneSet id="Lanes"><bpmn:lane id="Lane" name="Registry"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
    const task =
      '<bpmn:userTask id="A" camunda:candidateGroups="registryOfficer" camunda:assignee="#nobody" />';
    const instance = await onServer(diagram(lanes + start + task + end('E'), 'Start -> A -> E'));

    // when
    const effects = await instance.step({ type: 'start', variables: {} }, at(NOW));

    // then
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['A']);
  });
});
