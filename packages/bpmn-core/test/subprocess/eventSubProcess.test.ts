import { expect } from 'chai';
import {
  after,
  boundary,
  element,
  end,
  ends,
  error,
  errors,
  eventSubProcess,
  message,
  messages,
  multiple,
  path,
  service,
  signal,
  signals,
  start,
  subProcess,
  terminate,
  timer,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = messages('M N') + errors('E') + signals('S');
const task = (id: string, name: string) => users(id) + end(`e_${name}`) + path(`s_${name} ${id} e_${name}`);

describe('Event sub-processes (clauses 10.3.5 and 13.5.4)', () => {
  it('an interrupting one cancels all that runs beside it, and completes the process', async () => {
    // given
    const body = ends + users('a') + path('s a e') + eventSubProcess('h', message('M'), task('b', 'h'));
    const instance = await begin(body, { declarations });

    // when
    instance.send('M', undefined, { v: 1 });

    // then
    expect(instance.open).to.equal('b');
    expect(instance.nodes('taskCancelled')).to.equal('a');
    expect(instance.trace).to.equal('s a h s_h b');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
    instance.complete('b');
    expect(instance.status).to.equal('completed');
    expect(instance.variables).to.deep.equal({ v: 1 });
  });

  it('a non-interrupting one runs beside, as often as it is called, and is waited for', async () => {
    const body =
      ends + users('a') + path('s a e') + eventSubProcess('h', message('M'), task('b', 'h'), false);
    const instance = await begin(body, { declarations });
    instance.send('M');
    instance.send('M');
    expect(instance.open).to.equal('a b b');
    instance.complete('a');
    expect(instance.status).to.equal('active');
    instance.send('M');
    expect(instance.open).to.equal('b b b');
    for (let left = 3; left > 0; left--) instance.complete('b');
    expect(instance.status).to.equal('completed');
  });

  it('its timer runs from the beginning of the flow around it, and ends with it', async () => {
    const inner =
      start('s1') +
      users('a') +
      end('e1') +
      path('s1 a e1') +
      eventSubProcess('h', after('PT2H'), task('b', 'h'));
    const body = ends + users('z') + subProcess('x', inner) + path('s x z e');
    const first = await begin(body, { declarations });
    first.complete('a');
    expect(first.open).to.equal('z');
    expect(first.nodes('timerCancelled')).to.equal('s_h');
    const second = await begin(body, { declarations });
    second.fire('s_h');
    expect(second.open).to.equal('b');
    second.complete('b');
    expect(second.open).to.equal('z');
  });

  it('a cycle starts a non-interrupting one again and again', async () => {
    const body =
      ends +
      users('a') +
      path('s a e') +
      eventSubProcess('h', timer('timeCycle', 'R2/PT1H'), task('b', 'h'), false);
    const instance = await begin(body, { declarations });
    instance.fire('s_h');
    instance.fire('s_h');
    expect(instance.open).to.equal('a b b');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('catches an error before the boundary event of the sub-process around it', async () => {
    const inner =
      start('s1') +
      service('a') +
      users('c') +
      end('e1') +
      path('s1 a c e1') +
      eventSubProcess('h', error('E'), task('b', 'h'));
    const body =
      ends +
      users('z') +
      subProcess('x', inner) +
      boundary('y', 'x', error('E')) +
      path('s x e') +
      path('y z');
    const instance = await begin(body, { declarations });
    instance.throwError('a', 'E');
    expect(instance.open).to.equal('b');
  });

  it('what goes wrong inside it is caught outside', async () => {
    const inner =
      start('s1') +
      service('a') +
      end('e1') +
      path('s1 a e1') +
      eventSubProcess('h', error('E'), end('eh', error('E')) + path('s_h eh'));
    const body =
      ends +
      users('z') +
      subProcess('x', inner) +
      boundary('y', 'x', error('E')) +
      path('s x e') +
      path('y z');
    const instance = await begin(body, { declarations });
    instance.throwError('a', 'E');
    expect(instance.open).to.equal('z');
    const failing = await begin(
      ends +
        service('a') +
        path('s a e') +
        eventSubProcess('h', error('E'), end('eh', error('E')) + path('s_h eh')),
      { declarations },
    );
    failing.throwError('a', 'E');
    expect(failing.status).to.equal('failed');
  });

  it('an interrupting one takes the others with it, running and awaited', async () => {
    const body =
      ends +
      users('a') +
      path('s a e') +
      eventSubProcess('h', message('M'), task('b', 'h'), false) +
      eventSubProcess('k', signal('S'), task('c', 'k'));
    const instance = await begin(body, { declarations });
    instance.send('M');
    instance.broadcast('S');
    expect(instance.open).to.equal('c');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('each instance of a multi-instance sub-process has its own', async () => {
    const inner =
      start('s1') +
      users('a') +
      end('e1') +
      path('s1 a e1') +
      eventSubProcess('h', after('PT1H'), task('b', 'h'));
    const body = ends + element('subProcess', 'x', multiple({ cardinality: '2' }) + inner) + path('s x e');
    const instance = await begin(body, { declarations });
    expect(instance.open).to.equal('a a');
    instance.fire('s_h');
    expect(instance.open).to.equal('a b');
    instance.complete('b');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('a terminate end inside ends only what it is in', async () => {
    const body =
      ends +
      users('a') +
      path('s a e') +
      eventSubProcess('h', message('M'), end('eh', terminate) + path('s_h eh'), false);
    const instance = await begin(body, { declarations });
    instance.send('M');
    expect(instance.open).to.equal('a');
  });

  it('an event sub-process in an event sub-process is awaited while that runs', async () => {
    const nested = eventSubProcess('k', message('N'), task('c', 'k'));
    const body =
      ends + users('a') + path('s a e') + eventSubProcess('h', message('M'), task('b', 'h') + nested, false);
    const instance = await begin(body, { declarations });
    expect(instance.refusal({ type: 'correlateMessage', name: 'N' })).to.equal('NO_SUBSCRIPTION');
    instance.send('M');
    instance.send('N');
    expect(instance.open).to.equal('a c');
  });

  it('what cannot be worked out at the beginning is an incident that can be tried again', async () => {
    const body =
      ends +
      users('a') +
      path('s a e') +
      eventSubProcess('h', timer('timeDuration', '=wait'), task('b', 'h'));
    const instance = await begin(body, { declarations });
    expect(instance.incidents).to.equal('s');
    instance.retry('s', { wait: 'PT1H' });
    expect(instance.open).to.equal('a');
    instance.fire('s_h');
    expect(instance.open).to.equal('b');
  });

  it('cancelling the instance leaves nothing of what was awaited', async () => {
    const body = ends + users('a') + path('s a e') + eventSubProcess('h', after('PT1H'), task('b', 'h'));
    const instance = await begin(body, { declarations });
    instance.do({ type: 'cancel' });
    expect(instance.nodes('timerCancelled')).to.equal('s_h');
  });
});
