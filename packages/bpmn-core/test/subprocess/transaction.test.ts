import { expect } from 'chai';
import {
  boundary,
  cancel,
  end,
  ends,
  error,
  errors,
  exclusive,
  flow,
  parallel,
  path,
  start,
  transaction,
  undoing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const inner =
  start('s1') +
  users('a b c') +
  undoing('a') +
  parallel('f') +
  exclusive('x', 'x_e1') +
  end('e1') +
  end('no', cancel) +
  path('s1 a f b x') +
  flow('x', 'no', 'cancelled') +
  flow('x', 'e1') +
  path('f c e1').replace('id="c_e1"', 'id="c_e2"');
const body =
  ends +
  users('z good') +
  transaction('t', inner) +
  boundary('y', 't', cancel) +
  path('s t good e') +
  path('y z');

describe('Transactions (clauses 10.3.5 and 13.5.3)', () => {
  it('complete as a sub-process does', async () => {
    const instance = await begin(body, { variables: { cancelled: false } });
    for (const node of ['a', 'b', 'c']) instance.complete(node);
    expect(instance.open).to.equal('good');
  });

  it('cancelled, end what runs, undo what was completed, and lead on from the cancel event', async () => {
    // given
    const instance = await begin(body, { variables: { cancelled: true } });
    instance.complete('a');

    // when
    instance.complete('b');

    // then
    expect(instance.nodes('taskCancelled')).to.equal('c');
    expect(instance.open, 'the cancel event waits').to.equal('undo_a');
    instance.complete('undo_a');
    expect(instance.open).to.equal('z');
    expect(instance.trace).to.match(/undo_a y z$/);
    instance.complete('z');
    expect(instance.status).to.equal('completed');
  });

  it('a hazard, an error that nothing inside catches, undoes nothing', async () => {
    const failing = start('s1') + users('a') + undoing('a') + end('e1', error('E')) + path('s1 a e1');
    const instance = await begin(
      ends +
        users('z') +
        transaction('t', failing) +
        boundary('y', 't', error('E')) +
        path('s t e') +
        path('y z'),
      { declarations: errors('E') },
    );
    instance.complete('a');
    expect(instance.open).to.equal('z');
    expect(instance.nodes('compensationStarted')).to.equal('');
  });
});
