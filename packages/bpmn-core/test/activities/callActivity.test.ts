import { expect } from 'chai';
import {
  boundary,
  element,
  ends,
  error,
  errors,
  escalation,
  escalations,
  multiple,
  path,
  repeat,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const mapping = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const call = (inner = '', id = 'c') => element('callActivity', id, inner, 'calledElement="visit"');

describe('Call activities (clauses 10.3.6 and 13.3.4)', () => {
  it('ask the host to run the process, with the data that is drawn and no other', async () => {
    // given
    const passed = mapping(
      '<camunda:in source="area" target="surface"/><camunda:in sourceExpression="=area * 2" target="twice"/>' +
        '<camunda:out source="verdict" target="opinion"/>',
    );
    const body = ends + users('a') + call(passed) + path('s c a e');

    // when
    const instance = await begin(body, { variables: { area: 5, secret: 'x' } });

    // then
    expect(instance.effects.find(({ type }) => type === 'callRequested')).to.deep.equal({
      type: 'callRequested',
      id: instance.work('c'),
      flowNode: 'c',
      process: 'visit',
      variables: { surface: 5, twice: 10 },
    });
    instance.complete('c', { verdict: 'good', other: 1 });
    expect(instance.variables).to.deep.equal({ area: 5, secret: 'x', opinion: 'good' });
    expect(instance.open).to.equal('a');
  });

  it('all data goes in and comes out where it says so', async () => {
    const body =
      ends + call(mapping('<camunda:in variables="all"/><camunda:out variables="all"/>')) + path('s c e');
    const instance = await begin(body, { variables: { v: 1 } });
    instance.complete('c', { w: 2 });
    expect(instance.variables).to.deep.equal({ v: 1, w: 2 });
    expect(instance.status).to.equal('completed');
  });

  it('an error or an escalation of the called process is caught on the call', async () => {
    const body =
      ends +
      users('a b') +
      call() +
      boundary('x', 'c', error('E')) +
      boundary('y', 'c', escalation('X'), false) +
      path('s c e') +
      path('x a') +
      path('y b');
    const declarations = errors('E') + escalations('X');
    const instance = await begin(body, { declarations });
    instance.escalate('c', 'X');
    expect(instance.open).to.equal('b c');
    instance.throwError('c', 'E');
    expect(instance.open).to.equal('a b');
    const cancelled = await begin(body, { declarations });
    cancelled.do({ type: 'cancel' });
    expect(cancelled.nodes('callCancelled')).to.equal('c');
  });

  it('each instance calls for itself', async () => {
    const loop = multiple({ collection: 'names', as: 'name' });
    const body = ends + call(mapping('<camunda:in source="name" target="who"/>') + loop) + path('s c e');
    const instance = await begin(body, { variables: { names: ['x', 'y'] } });
    const calls = instance.effects.flatMap((effect) =>
      effect.type === 'callRequested' ? [[effect.instance, effect.variables]] : [],
    );
    expect(calls).to.deep.equal([
      [0, { who: 'x' }],
      [1, { who: 'y' }],
    ]);
  });

  it('each instance passes its own element, and takes out what its own call brings', async () => {
    const inner =
      mapping('<camunda:in source="name" target="who"/><camunda:out source="verdict" target="name"/>') +
      multiple({ collection: 'names', as: 'name' });
    const instance = await begin(ends + call(inner) + path('s c e'), { variables: { names: ['x', 'y'] } });
    const passed = instance.effects.flatMap((each) =>
      each.type === 'callRequested' ? [each.variables] : [],
    );
    expect(passed).to.deep.equal([{ who: 'x' }, { who: 'y' }]);
    instance.complete('c', { verdict: 'good' });
    expect(instance.variables).to.deep.equal({ names: ['x', 'y'] });
    instance.complete('c');
    expect(instance.status).to.equal('completed');
  });

  it('in a loop calls again, under a new id', async () => {
    const instance = await begin(ends + call(repeat({ maximum: 2 })) + path('s c e'));
    const first = instance.work('c');
    instance.complete('c');
    expect(instance.work('c')).not.to.equal(first);
    instance.complete('c');
    expect(instance.status).to.equal('completed');
  });

  it('an uncaught error of the called process fails this one, with what it brings', async () => {
    const instance = await begin(ends + call() + path('s c e'), { declarations: errors('E') });
    instance.throwError('c', 'E', { why: 'closed' });
    expect(instance.status).to.equal('failed');
    expect(instance.variables).to.deep.equal({ why: 'closed' });
  });

  it('an error is caught on the sub-process around the call', async () => {
    const sub = element('subProcess', 'p', element('startEvent', 's1') + call() + path('s1 c'));
    const body = ends + sub + boundary('b', 'p', error('E')) + users('z') + path('s p e') + path('b z');
    const instance = await begin(body, { declarations: errors('E') });
    instance.throwError('c', 'E');
    expect(instance.open).to.equal('z');
    expect(instance.nodes('callCancelled')).to.equal('c');
  });

  it('what is not drawn to come out stays away, with outputs of a mapping too', async () => {
    const both = mapping(
      '<camunda:out source="verdict" target="opinion"/>' +
        '<zeebe:ioMapping><zeebe:output source="=opinion" target="result"/></zeebe:ioMapping>',
    );
    const instance = await begin(ends + call(both) + path('s c e'));
    instance.complete('c', { verdict: 'good', other: 1 });
    expect(instance.variables).to.deep.equal({ result: 'good' });
  });

  it('a call that was answered is not answered again', async () => {
    const instance = await begin(ends + call() + users('a') + path('s c a e'));
    const id = instance.work('c');
    instance.complete('c');
    expect(instance.refusal({ type: 'completeCall', id })).to.equal('NOT_WAITING');
    expect(instance.refusal({ type: 'throwError', id, code: 'E' })).to.equal('NOT_WAITING');
  });
});
