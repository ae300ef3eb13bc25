import { expect } from 'chai';
import type { Variables } from '../../src/index.ts';
import { ends, exclusive, flow, parallel, path, users } from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const split =
  ends +
  users('a b c') +
  exclusive('x', 'x_c') +
  path('s x') +
  flow('x', 'a', 'v > 10') +
  flow('x', 'b', 'v > 5') +
  flow('x', 'c') +
  path('a e') +
  path('b e') +
  path('c e');

describe('Exclusive gateway (BPMN 2.0.2, 10.6.2 and 13.4.2)', () => {
  for (const [v, open] of [
    [20, 'a'],
    [7, 'b'],
    [1, 'c'],
  ] as const) {
    it(`takes the first true flow, else the default: v = ${v} leads to ${open}`, async () => {
      expect((await begin(split, { variables: { v } })).open).to.equal(open);
    });
  }

  it('merges without waiting: each token passes by itself', async () => {
    const body = ends + users('a b c') + parallel('g') + exclusive('m') + path('s g a m c e') + path('g b m');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b c');
    instance.complete('b');
    expect(instance.open).to.equal('c c');
  });

  it('with no true condition and no default is an incident, never an end', async () => {
    const body = ends + exclusive('x') + path('s x') + flow('x', 'e', 'v = 1');
    const instance = await begin(body, { variables: { v: 2 } });
    expect(instance.incidents).to.equal('x');
    expect(instance.effects.at(-1)).to.include({
      type: 'incidentRaised',
      flowNode: 'x',
      code: 'NO_FLOW_TAKEN',
    });
  });

  it('goes on when the data are corrected and the incident is retried', async () => {
    const body = ends + exclusive('x') + path('s x') + flow('x', 'e', 'v = 1');
    const instance = await begin(body, { variables: { v: 2 } });
    instance.retry('x', { v: 1 });
    expect(instance.status).to.equal('completed');
    expect(instance.trace).to.equal('s x e');
    expect(instance.nodes('incidentResolved')).to.equal('x');
  });

  it('raises a new incident when a retry fails again', async () => {
    const body = ends + exclusive('x') + path('s x') + flow('x', 'e', 'v = 1');
    const instance = await begin(body, { variables: { v: 2 } });
    const first = instance.work('x');
    instance.retry('x');
    expect(instance.work('x')).not.to.equal(first);
  });

  for (const [name, variables] of [
    ['missing', {}],
    ['null', { v: null }],
    ['text', { v: 'yes' }],
    ['a number', { v: 1 }],
    ['a list', { v: [true] }],
  ] as [string, Variables][]) {
    it(`a condition that is ${name} is an incident that names the flow`, async () => {
      const body =
        ends + exclusive('x', 'x_f') + users('f') + path('s x') + flow('x', 'e', 'v') + path('x f');
      const instance = await begin(body, { variables });
      const raised = instance.effects.at(-1);
      expect(raised).to.include({ type: 'incidentRaised', code: 'CONDITION_NOT_BOOLEAN', flowNode: 'x' });
      expect(raised).to.have.property('message').that.includes('x_e');
    });
  }

  it('evaluates conditions in the order of the diagram and stops at the first that is true', async () => {
    const body =
      ends + exclusive('x') + users('a') + path('s x') + flow('x', 'a', 'true') + flow('x', 'e', 'v');
    expect((await begin(body)).open).to.equal('a');
  });
});
