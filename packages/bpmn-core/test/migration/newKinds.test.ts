import { expect } from 'chai';
import { compile, type Definition, type Refusal } from '../../src/index.ts';
import {
  after,
  boundary,
  compensation,
  diagram,
  element,
  end,
  ends,
  errors,
  eventSubProcess,
  mapping,
  message,
  messages,
  path,
  signal,
  signals,
  start,
  subProcess,
  throwing,
  undoing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = messages('M N') + signals('S T') + errors('E');
const to = (body: string): Promise<Definition> => compile(diagram(body, declarations));
const from = (body: string) => begin(body, { declarations });
const said = (refusals: Refusal[]) => refusals.map((each) => `${each.rule} ${each.element}`).join(', ');
const task = (id: string, name: string) => users(id) + end(`e_${name}`) + path(`s_${name} ${id} e_${name}`);
const line = ends + users('a z') + path('s a z e');

describe('Migration with event sub-processes and compensation', () => {
  it('an event sub-process that is awaited stays so, and a new one is awaited from now on', async () => {
    // given
    const known = eventSubProcess('h', message('M'), task('b', 'h'), false);
    const instance = await from(line + known);
    instance.now += 1_000;

    // when
    const added = eventSubProcess('k', after('PT1H'), task('c', 'k'), false);
    expect(instance.migrate(await to(line + known + added))).to.deep.equal([]);

    // then
    expect(instance.timer('s_k').due).to.equal(instance.now + 3_600_000);
    instance.send('M');
    instance.fire('s_k');
    expect(instance.open).to.equal('a b c');
  });

  it('is awaited too in a sub-process that runs', async () => {
    const inside = (more: string) =>
      ends + subProcess('x', start('s1') + users('a') + end('e1') + path('s1 a e1') + more) + path('s x e');
    const instance = await from(inside(''));
    instance.migrate(await to(inside(eventSubProcess('h', message('M'), task('b', 'h')))));
    instance.send('M');
    expect(instance.open).to.equal('b');
  });

  it('once an interrupting one has begun, none is added beside it', async () => {
    const known = eventSubProcess('h', message('M'), task('b', 'h'));
    const instance = await from(line + known);
    instance.send('M');
    instance.migrate(await to(line + known + eventSubProcess('k', message('N'), task('c', 'k'))));
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('an event sub-process that is awaited must be there, in the same flow', async () => {
    const instance = await from(line + eventSubProcess('h', message('M'), task('b', 'h')));
    expect(said(instance.migrate(await to(line)))).to.equal('node-missing s_h');
    const elsewhere =
      ends +
      users('a z') +
      subProcess(
        'x',
        start('s1') + end('e1') + path('s1 e1') + eventSubProcess('h', message('M'), task('b', 'h')),
      ) +
      path('s a z x e');
    expect(said(instance.migrate(await to(elsewhere)))).to.equal('event-elsewhere s_h');
  });

  it('signals are waited for under their new names, each of several as it was', async () => {
    const waiting = (definition: string) =>
      ends + users('a b') + boundary('x', 'a', definition) + path('s a e') + path('x b');
    const instance = await from(waiting(signal('S') + message('M')));
    instance.migrate(await to(waiting(signal('T') + message('N'))));
    expect(instance.refusal({ type: 'broadcastSignal', name: 'S' })).to.equal('NO_SUBSCRIPTION');
    instance.broadcast('T');
    expect(instance.open).to.equal('b');
    const other = await from(waiting(signal('S') + message('M')));
    expect(said(other.migrate(await to(waiting(message('M') + signal('S')))))).to.include('event-differs x');
  });

  it('what was completed is undone by what undoes it in the new definition', async () => {
    const undoable = (handler: string, task_ = 'a') =>
      ends +
      users(`${task_} z`) +
      undoing(task_, handler) +
      throwing('t', compensation()) +
      path(`s ${task_} z t e`);
    const instance = await from(undoable('undo'));
    instance.complete('a');
    expect(instance.migrate(await to(undoable('undo_anew', 'filed')), { a: 'filed' })).to.deep.equal([]);
    instance.complete('z');
    expect(instance.open).to.equal('undo_anew');
    instance.complete('undo_anew');
    expect(instance.status).to.equal('completed');
  });

  it('is refused where nothing would undo any more what may have to be undone', async () => {
    const instance = await from(
      ends + users('a z') + undoing('a') + throwing('t', compensation()) + path('s a z t e'),
    );
    instance.complete('a');
    const without = ends + users('a z') + throwing('t', compensation()) + path('s a z t e');
    expect(said(instance.migrate(await to(without)))).to.equal('completed-differs a');
    instance.complete('z');
    expect(said(instance.migrate(await to(without)))).to.include('node-missing undo_a');
  });

  it('a completed sub-process that is being undone awaits nothing new, and gives no outputs', async () => {
    const sub = (inside: string, more: string) =>
      ends +
      element(
        'subProcess',
        'x',
        start('s1') + users('a') + undoing('a') + end('e1') + path('s1 a e1') + inside,
      ) +
      more +
      throwing('t', compensation()) +
      path('s x t e');
    const instance = await from(sub('', ''));
    instance.complete('a');
    expect(instance.open).to.equal('undo_a');
    const event = eventSubProcess('h', after('PT1H'), task('b', 'h'));
    const added = sub(
      mapping({}, { seen: '="again"' }) + event,
      boundary('late', 'x', after('P1D')) + users('c') + path('late c'),
    );
    expect(instance.migrate(await to(added))).to.deep.equal([]);
    expect(instance.state.subscriptions).to.deep.equal([]);
    instance.complete('undo_a');
    expect(instance.status).to.equal('completed');
    expect(instance.variables).not.to.have.property('seen');
  });

  it('a call goes on being waited for', async () => {
    const calling = (id: string) =>
      ends + element('callActivity', id, '', 'calledElement="visit"') + users('a') + path(`s ${id} a e`);
    const instance = await from(calling('c'));
    instance.migrate(await to(calling('d')), { c: 'd' });
    instance.complete('d');
    expect(instance.open).to.equal('a');
  });
});
