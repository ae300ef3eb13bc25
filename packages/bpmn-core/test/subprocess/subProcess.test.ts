import { expect } from 'chai';
import {
  after,
  boundary,
  end,
  ends,
  message,
  messages,
  parallel,
  path,
  start,
  subProcess,
  terminate,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const inner =
  start('s1') + users('a b') + parallel('g') + end('e1') + end('e2') + path('s1 g a e1') + path('g b e2');
const outer = ends + subProcess('sub', inner) + users('next') + path('s sub next e');

describe('Embedded sub-process (BPMN 2.0.2, 10.3.5 and 13.3.4)', () => {
  it('completes when each of its branches has ended', async () => {
    const instance = await begin(outer);
    expect(instance.open).to.equal('a b');
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('next');
    expect(instance.trace).to.equal('s sub s1 g a b e1 e2 next');
    expect(instance.nodes('flowNodeLeft')).to.equal('s s1 g a e1 b e2 sub');
  });

  it('writes the variables of the process', async () => {
    const instance = await begin(outer, { variables: { v: 1 } });
    instance.complete('a', { v: 2, w: 3 });
    expect(instance.variables).to.deep.equal({ v: 2, w: 3 });
  });

  it('is cancelled as a whole by an interrupting boundary event', async () => {
    const body =
      ends +
      subProcess('sub', inner + boundary('ti', 'a', after('PT1H')) + path('ti e1')) +
      boundary('t', 'sub', after('P1D')) +
      users('late') +
      path('s sub e') +
      path('t late e');
    const instance = await begin(body);
    instance.fire('t');
    expect(instance.open).to.equal('late');
    expect(instance.nodes('taskCancelled').split(' ').sort().join(' ')).to.equal('a b');
    expect(instance.nodes('timerCancelled')).to.equal('ti');
    expect(instance.state.scopes).to.deep.equal([]);
  });

  it('goes on beside a non-interrupting boundary event', async () => {
    const body =
      ends +
      subProcess('sub', inner) +
      boundary('m', 'sub', message('M'), false) +
      users('c') +
      path('s sub e') +
      path('m c e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M');
    expect(instance.open).to.equal('a b c');
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('c');
    instance.complete('c');
    expect(instance.status).to.equal('completed');
  });

  it('ends itself, and nothing else, by a terminate end event', async () => {
    const terminated =
      start('s1') + parallel('g') + users('a b') + end('t', terminate) + path('s1 g a t') + path('g b');
    const body =
      ends +
      parallel('f') +
      users('other next') +
      subProcess('sub', terminated) +
      path('s f sub next e') +
      path('f other e');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('next other');
    expect(instance.status).to.equal('active');
  });

  it('terminates also what was about to move in the same step', async () => {
    const inside =
      start('s1') + parallel('g') + users('a') + end('t', terminate) + path('s1 g t') + path('g a');
    const instance = await begin(ends + subProcess('sub', inside) + users('next') + path('s sub next e'));
    expect(instance.open).to.equal('next');
    expect(instance.nodes('taskCreated')).to.equal('next');
  });

  it('may stand within another', async () => {
    const deep = subProcess('sub2', start('s2') + users('a') + end('e2') + path('s2 a e2'));
    const body =
      ends + subProcess('sub1', start('s1') + deep + end('e1') + path('s1 sub2 e1')) + path('s sub1 e');
    const instance = await begin(body);
    expect(instance.state.scopes).to.have.length(2);
    instance.complete('a');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('endEventReached')).to.equal('e2 e1 e');
  });

  it('runs once for each token that enters it', async () => {
    const single = subProcess('sub', start('s1') + users('a') + end('e1') + path('s1 a e1'));
    const body = ends + parallel('f') + users('x y') + single + path('s f x sub e') + path('f y sub');
    const instance = await begin(body);
    instance.complete('x');
    instance.complete('y');
    expect(instance.open).to.equal('a a');
    instance.complete('a');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('ends in the step in which it began if nothing inside waits', async () => {
    const body = ends + subProcess('sub', start('s1') + end('e1') + path('s1 e1')) + path('s sub e');
    expect((await begin(body)).status).to.equal('completed');
  });
});
