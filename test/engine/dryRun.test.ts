import { expect } from 'chai';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { dryRun } from '../../src/engine/dryRun.ts';
import { PLAIN_TIME } from '../../src/engine/replay.ts';
import { diagram, end, message, start, throwing, timer, userTask } from './bpmnServer/diagram.ts';
import { runnable } from './support/runnable.ts';

describe('a run without effects', () => {
  it('records what it would say to others, and takes from what it calls what a service would give', async () => {
    // given
    const xml = diagram(
      `${start}${throwing('Say', message('Say'))}
      <bpmn:callActivity id="Call" calledElement="visit"><bpmn:extensionElements>
        <camunda:in source="floor" target="storey" /><camunda:out source="finding" target="result" />
      </bpmn:extensionElements></bpmn:callActivity>
      <bpmn:intermediateCatchEvent id="Wait">${timer('Wait')}</bpmn:intermediateCatchEvent>
      ${userTask('Work')}${end('E')}`,
      'Start -> Say -> Call -> Wait -> Work -> E',
    );
    // when
    const run = await dryRun({
      interpreter: bpmnCore(),
      definition: runnable('h', xml),
      startAt: 0,
      variables: { floor: 3 },
      service: (flowNode, variables) => ({ finding: `${flowNode} ${JSON.stringify(variables)}` }),
      ...PLAIN_TIME,
    });
    // then nobody is waited for, however long it takes
    await run.advanceTo(90 * 86_400_000);
    expect(run.openTasks().map(({ flowNode }) => flowNode)).to.deep.equal(['Work']);
    expect(run.incidents).to.deep.equal([]);
    const types = run.events.map(({ type }) => type);
    expect(types).to.include.members(['MessageSent', 'CallRequested', 'CallCompleted']);
    await run.complete(run.openTasks()[0]?.id ?? '');
    expect(run.instance.status).to.equal('completed');
  });
});
