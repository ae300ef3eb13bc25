import { expect } from 'chai';
import { element, ends, errors, message, messages, path, service, users } from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('Tasks (BPMN 2.0.2, 10.3.3 and 13.3.3)', () => {
  it('a user task waits until it is completed', async () => {
    // given
    const instance = await begin(ends + users('a') + path('s a e'));
    // then
    expect(instance.open).to.equal('a');
    // when
    instance.complete('a');
    // then
    expect(instance.status).to.equal('completed');
    expect(instance.trace).to.equal('s a e');
  });

  it('a user task sees the variables of the process', async () => {
    const instance = await begin(ends + users('a') + path('s a e'), { variables: { applicant: 'x' } });
    expect(instance.effects).to.deep.include({
      type: 'taskCreated',
      id: 'task2',
      flowNode: 'a',
      variables: { applicant: 'x' },
    });
  });

  for (const type of ['task', 'manualTask']) {
    it(`a ${type} waits for nothing`, async () => {
      const instance = await begin(ends + element(type, 'a') + path('s a e'));
      expect(instance.status).to.equal('completed');
      expect(instance.trace).to.equal('s a e');
    });
  }

  for (const type of ['serviceTask', 'businessRuleTask', 'sendTask']) {
    it(`a ${type} is a job of the host`, async () => {
      // given
      const instance = await begin(ends + element(type, 'j') + path('s j e'), { variables: { v: 1 } });
      // then
      expect(instance.effects).to.deep.include({
        type: 'jobRequested',
        id: 'job2',
        flowNode: 'j',
        variables: { v: 1 },
      });
      // when
      instance.complete('j', { result: 2 });
      // then
      expect(instance.status).to.equal('completed');
      expect(instance.variables).to.deep.equal({ v: 1, result: 2 });
    });
  }

  it('a send task with a message sends it and is done', async () => {
    const declarations = messages('M', 'camunda:correlationKey="number"');
    const body = ends + element('sendTask', 'a', '', 'messageRef="M"') + path('s a e');
    const instance = await begin(body, { declarations, variables: { number: 7 } });
    expect(instance.effects).to.deep.include({
      type: 'messageSent',
      flowNode: 'a',
      name: 'M',
      key: 7,
      variables: { number: 7 },
    });
    expect(instance.status).to.equal('completed');
  });

  it('a receive task waits for its message', async () => {
    // given
    const body = ends + element('receiveTask', 'a', '', 'messageRef="M"') + path('s a e');
    const instance = await begin(body, { declarations: messages('M') });
    // when
    instance.send('M', undefined, { paid: true });
    // then
    expect(instance.status).to.equal('completed');
    expect(instance.variables).to.deep.equal({ paid: true });
  });

  it('a task without an outgoing flow ends its token', async () => {
    const instance = await begin(ends + users('a') + path('s a') + element('task', 'x') + path('s x e'));
    expect(instance.status).to.equal('active');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('several flows into a task start it once for each token', async () => {
    const body = ends + users('a b c') + path('s a c') + path('s b c e');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('c c');
  });

  it('a task that is done again in a loop has a new id', async () => {
    // given
    const body =
      ends +
      users('a') +
      element('exclusiveGateway', 'x', '', 'default="x_a"') +
      path('s a x') +
      `<bpmn:sequenceFlow id="x_a" sourceRef="x" targetRef="a"/>` +
      `<bpmn:sequenceFlow id="x_e" sourceRef="x" targetRef="e"><bpmn:conditionExpression>ok</bpmn:conditionExpression></bpmn:sequenceFlow>`;
    const instance = await begin(body, { variables: { ok: false } });
    const first = instance.work('a');
    // when
    instance.complete('a');
    // then
    expect(instance.work('a')).not.to.equal(first);
    expect(instance.refusal({ type: 'completeTask', id: first })).to.equal('NOT_WAITING');
    instance.complete('a', { ok: true });
    expect(instance.status).to.equal('completed');
  });

  it('a task that throws an error no one catches fails the instance', async () => {
    const instance = await begin(ends + service('j') + users('a') + path('s j e') + path('s a'), {
      declarations: errors('E'),
    });
    instance.throwError('j', 'E', { why: 'x' });
    expect(instance.status).to.equal('failed');
    expect(instance.effects.at(-1)).to.deep.equal({
      type: 'instanceEnded',
      status: 'failed',
      variables: { why: 'x' },
      error: 'E',
    });
  });

  it('a receive task correlates by the key of its message', async () => {
    const declarations = messages('M', 'camunda:correlationKey="number"');
    const body = ends + element('receiveTask', 'a', '', 'messageRef="M"') + path('s a e');
    const instance = await begin(body, { declarations, variables: { number: 7 } });
    expect(instance.refusal({ type: 'correlateMessage', name: 'M', key: 8 })).to.equal('NO_SUBSCRIPTION');
    instance.send('M', 7);
    expect(instance.status).to.equal('completed');
  });

  it('the message of an event is not taken for that of another', async () => {
    const body = ends + element('intermediateCatchEvent', 'm', message('M')) + path('s m e');
    const instance = await begin(body, { declarations: messages('M N') });
    expect(instance.refusal({ type: 'correlateMessage', name: 'N' })).to.equal('NO_SUBSCRIPTION');
  });
});
