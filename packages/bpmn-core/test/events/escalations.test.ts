import { expect } from 'chai';
import {
  boundary,
  end,
  ends,
  escalation,
  escalations,
  eventSubProcess,
  mapping,
  path,
  start,
  subProcess,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = escalations('X Y');
const inside = (thrower: string, rest = '') => start('s1') + thrower + users('a') + end('e1') + rest;

describe('Escalations (clauses 10.5.6 and 13.5.3)', () => {
  it('a non-interrupting boundary event leads on beside the activity, which goes on', async () => {
    // given
    const body =
      ends +
      users('b') +
      subProcess('x', inside(throwing('t', escalation('X')), path('s1 t a e1'))) +
      boundary('c', 'x', escalation('X'), false) +
      path('s x e') +
      path('c b');

    // when
    const instance = await begin(body, { declarations });

    // then
    expect(instance.open).to.equal('a b');
    expect(instance.history.find(({ type }) => type === 'escalationThrown')).to.include({
      flowNode: 't',
      code: 'X',
      caughtBy: 'c',
    });
  });

  it('an interrupting one cancels the activity, the thrower with it', async () => {
    const body =
      ends +
      users('b') +
      subProcess('x', inside(throwing('t', escalation('X')), path('s1 t a e1'))) +
      boundary('c', 'x', escalation()) +
      path('s x e') +
      path('c b');
    const instance = await begin(body, { declarations });
    expect(instance.open).to.equal('b');
  });

  it('caught by none, the flow goes on', async () => {
    const body = ends + throwing('t', escalation('X')) + users('a') + path('s t a e');
    const instance = await begin(body, { declarations });
    expect(instance.open).to.equal('a');
    expect(instance.history.find(({ type }) => type === 'escalationThrown')).to.include({ caughtBy: null });
  });

  it('the innermost that names it goes before what catches all, and another code passes by', async () => {
    const inner = subProcess('y', start('s2') + end('e2', escalation('X')) + path('s2 e2'));
    const body =
      ends +
      users('all x outer') +
      subProcess(
        'o',
        start('s1') +
          inner +
          end('e1') +
          boundary('ny', 'y', escalation('Y'), false) +
          path('s1 y e1') +
          users('wrong') +
          path('ny wrong'),
      ) +
      boundary('ball', 'o', escalation(), false) +
      boundary('bx', 'o', escalation('X'), false) +
      path('s o e') +
      path('ball all') +
      path('bx x');
    const refused = body.replace(users('all x outer'), users('all x'));
    const instance = await begin(refused, { declarations });
    expect(instance.open).to.equal('x');
  });

  it('a task escalates and stays open, as the host asks', async () => {
    const body =
      ends + users('a b') + boundary('c', 'a', escalation('X'), false) + path('s a e') + path('c b');
    const instance = await begin(body, { declarations });
    instance.escalate('a', 'X', { why: 'late' });
    instance.escalate('a', 'Y');
    expect(instance.open).to.equal('a b');
    expect(instance.variables).to.deep.equal({ why: 'late' });
    expect(instance.refusal({ type: 'throwEscalation', id: 'task99', code: 'X' })).to.equal('NOT_WAITING');
  });

  it('an event sub-process catches what is thrown beside it, not what is thrown inside it', async () => {
    const beside = eventSubProcess(
      'h',
      escalation('X'),
      throwing('again', escalation('X')) + users('b') + end('eh') + path('s_h again b eh'),
      false,
    );
    const instance = await begin(
      ends + throwing('t', escalation('X')) + users('a') + beside + path('s t a e'),
      {
        declarations,
      },
    );
    expect(instance.open).to.equal('a b');
    expect(instance.trace.split(' ').filter((node) => node === 'h')).to.have.length(1);
  });

  it('what it brings goes to the event that catches it, around the activity', async () => {
    const a = users('a', mapping({}, { out: '=1' }));
    for (const interrupting of [true, false]) {
      const body =
        ends +
        a +
        boundary('b', 'a', escalation('X'), interrupting) +
        users('z') +
        path('s a e') +
        path('b z');
      const instance = await begin(body, { declarations: escalations('X') });
      instance.escalate('a', 'X', { why: 'late' });
      expect(instance.variables).to.deep.equal({ why: 'late' });
    }
  });

  it('what it brings stays with the activity that nobody hears', async () => {
    const body = ends + users('a', mapping({}, { out: '=why' })) + path('s a e');
    const instance = await begin(body);
    instance.escalate('a', 'X', { why: 'late' });
    expect(instance.variables).to.deep.equal({});
    instance.complete('a');
    expect(instance.variables).to.deep.equal({ out: 'late' });
  });
});
