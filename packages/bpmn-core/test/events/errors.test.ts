import { expect } from 'chai';
import {
  boundary,
  element,
  end,
  ends,
  error,
  errors,
  multiple,
  path,
  service,
  start,
  subProcess,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const nested =
  ends +
  subProcess(
    'sub',
    start('s1') +
      service('j') +
      end('e1') +
      boundary('b1', 'j', error('E1')) +
      users('h1') +
      path('s1 j e1') +
      path('b1 h1 e1'),
  ) +
  boundary('b2', 'sub', error('E2')) +
  boundary('b3', 'sub', error()) +
  users('h2 h3') +
  path('s sub e') +
  path('b2 h2 e') +
  path('b3 h3 e');

describe('Error events (BPMN 2.0.2, 10.5.6 and 13.5.3)', () => {
  for (const [code, open] of [
    ['E1', 'h1'],
    ['E2', 'h2'],
    ['other', 'h3'],
  ] as const) {
    it(`the innermost activity that catches ${code} does`, async () => {
      const instance = await begin(nested, { declarations: errors('E1 E2') });
      instance.throwError('j', code);
      expect(instance.open).to.equal(open);
      expect(instance.nodes('jobCancelled')).to.equal('j');
    });
  }

  it('an error end event inside is caught outside, and cancels its siblings', async () => {
    const body =
      ends +
      subProcess(
        'sub',
        start('s1') +
          element('parallelGateway', 'g') +
          users('a b') +
          end('x', error('E')) +
          end('e1') +
          path('s1 g a x') +
          path('g b e1'),
      ) +
      boundary('c', 'sub', error('E')) +
      users('h') +
      path('s sub e') +
      path('c h e');
    const instance = await begin(body, { declarations: errors('E') });
    instance.complete('a', { v: 1 });
    expect(instance.open).to.equal('h');
    expect(instance.nodes('taskCancelled')).to.equal('b');
    expect(instance.state.scopes).to.deep.equal([]);
    expect(instance.variables).to.deep.equal({ v: 1 });
  });

  it('an error in one instance interrupts the whole multi-instance activity', async () => {
    const body =
      ends +
      users('a', multiple({ cardinality: '3' })) +
      boundary('c', 'a', error('E')) +
      users('h') +
      path('s a e') +
      path('c h e');
    const instance = await begin(body, { declarations: errors('E') });
    instance.throwError('a', 'E');
    expect(instance.open).to.equal('h');
    expect(instance.nodes('taskCancelled')).to.equal('a a a');
  });

  it('an error that the boundary events do not name is not caught', async () => {
    const body =
      ends + service('j') + boundary('c', 'j', error('E')) + users('h') + path('s j e') + path('c h e');
    const instance = await begin(body, { declarations: errors('E') });
    instance.throwError('j', 'F');
    expect(instance.status).to.equal('failed');
  });

  it('a user task may throw an error too', async () => {
    const body = ends + users('a h') + boundary('c', 'a', error('E')) + path('s a e') + path('c h e');
    const instance = await begin(body, { declarations: errors('E') });
    instance.throwError('a', 'E', { reason: 'missing piece' });
    expect(instance.open).to.equal('h');
    expect(instance.variables).to.deep.equal({ reason: 'missing piece' });
  });
});
