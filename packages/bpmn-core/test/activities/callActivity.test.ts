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
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const mapping = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const call = (inner = '', id = 'c') => element('callActivity', id, inner, 'calledElement="visit"');

describe('Call activities (clause 10.3.6)', () => {
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
});
