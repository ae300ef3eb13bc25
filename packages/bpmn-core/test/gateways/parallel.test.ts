import { expect } from 'chai';
import { ends, exclusive, flow, parallel, path, users } from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('Parallel gateway (BPMN 2.0.2, 10.6.4 and 13.4.1)', () => {
  const forkJoin =
    ends + users('a b c z') + parallel('g j') + path('s g a j z e') + path('g b j') + path('g c j');

  it('leads on along every outgoing flow', async () => {
    expect((await begin(forkJoin)).open).to.equal('a b c');
  });

  for (const order of ['a b c', 'c b a', 'b a c', 'c a b']) {
    it(`joins when the last has come, whatever the order: ${order}`, async () => {
      const instance = await begin(forkJoin);
      const [first, second, third] = order.split(' ') as [string, string, string];
      instance.complete(first);
      instance.complete(second);
      expect(instance.open).to.equal(third);
      instance.complete(third);
      expect(instance.open).to.equal('z');
      expect(
        instance
          .nodes('flowNodeLeft')
          .split(' ')
          .filter((id) => id === 'j'),
      ).to.have.length(1);
      instance.complete('z');
      expect(instance.status).to.equal('completed');
    });
  }

  it('joins and forks at once', async () => {
    const body = ends + users('a b c d') + parallel('g m k') + path('s g a m c k e') + path('g b m d k');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('c d');
  });

  it('needs a token on each flow, not a number of tokens', async () => {
    // given two tokens that come by the same flow
    const body =
      ends +
      users('a b c z') +
      parallel('g j') +
      exclusive('m') +
      path('s g a m j z e') +
      path('g b m') +
      path('g c j');
    const instance = await begin(body);
    // when
    instance.complete('a');
    instance.complete('b');
    // then
    expect(instance.open).to.equal('c');
    instance.complete('c');
    expect(instance.open).to.equal('z');
  });

  it('a token left over at a join is a deadlock, reported as an incident', async () => {
    const body =
      ends +
      users('a b c z') +
      parallel('g j') +
      exclusive('m') +
      path('s g a m j z e') +
      path('g b m') +
      path('g c j');
    const instance = await begin(body);
    for (const node of ['a', 'b', 'c', 'z']) instance.complete(node);
    expect(instance.incidents).to.equal('j');
    expect(instance.effects.at(-1)).to.include({ code: 'DEADLOCK' });
  });

  it('a join behind an exclusive split is a deadlock, not a silent wait', async () => {
    const body =
      ends +
      users('a b') +
      exclusive('x', 'x_b') +
      parallel('j') +
      path('s x') +
      flow('x', 'a', 'true') +
      path('x b j') +
      path('a j e');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.incidents).to.equal('j');
  });

  it('joins again in each round of a loop', async () => {
    const body =
      ends +
      users('a b') +
      exclusive('m') +
      parallel('g j') +
      exclusive('x', 'x_e') +
      path('s m g a j x') +
      path('g b j') +
      flow('x', 'm', 'again') +
      flow('x', 'e');
    const instance = await begin(body, { variables: { again: true } });
    for (let round = 0; round < 20; round++) {
      instance.complete('a');
      instance.complete('b');
      expect(instance.open).to.equal('a b');
    }
    instance.complete('b');
    instance.complete('a', { again: false });
    expect(instance.status).to.equal('completed');
  });

  it('a parallel end keeps the instance active until the last branch ends', async () => {
    const body = ends + users('a b') + parallel('g') + path('s g a e') + path('g b e');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.status).to.equal('active');
    instance.complete('b');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('endEventReached')).to.equal('e e');
  });
});
