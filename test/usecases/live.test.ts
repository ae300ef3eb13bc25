import { expect } from 'chai';
import type { Dossier } from '../../src/domain/dossier.ts';
import type { DomainEvent } from '../../src/domain/events.ts';
import type { Actor } from '../../src/domain/party.ts';
import type { Store } from '../../src/store/store.ts';
import { type Change, createLive, type Follower } from '../../src/usecases/live/live.ts';
import { aDossier, anEvent } from '../store/support/builders.ts';

const person = (account: string, grants: Actor['grants'] = []): Actor => ({ account, name: account, grants });

describe('the stream of what changes', () => {
  let log: DomainEvent[];
  let dossiers: Dossier[];
  let asked: number;
  const store = {
    events: {
      last: async () => ({ seq: log.length, hash: '' }),
      list: async ({ after = 0 }: { after?: number }) => {
        asked += 1;
        return log.slice(after);
      },
    },
    dossiers: { some: async (ids: string[]) => dossiers.filter(({ id }) => ids.includes(id)) },
  } as unknown as Store;

  function append(changes: Partial<DomainEvent>): void {
    const seq = log.length + 1;
    log.push({ ...anEvent(), ...changes, seq, id: String(seq), previousHash: '', hash: '' } as DomainEvent);
  }
  function aFollower(actor: Actor): Follower & { told: Change[]; ended: boolean } {
    const follower = {
      actor,
      told: [] as Change[],
      ended: false,
      tell: (change: Change) => void follower.told.push(change),
      end: () => {
        follower.ended = true;
      },
    };
    return follower;
  }
  const soon = () => new Promise((resolve) => setTimeout(resolve, 40));

  beforeEach(() => {
    log = [];
    dossiers = [aDossier({ id: 'd1', applicant: 'ann' })];
    asked = 0;
    append({ dossier: 'd1', type: 'DraftStarted' });
  });

  it('tells each follower only of dossiers that they may see', async () => {
    // given
    const live = createLive(store, { everyMs: 5 });
    const ann = aFollower(person('ann'));
    const ben = aFollower(person('ben'));
    const office = aFollower(person('cid', [{ role: 'registryOfficer', territory: '01.151', body: null }]));
    for (const one of [ann, ben, office]) await live.follow(one);

    // when
    append({ dossier: 'd1', type: 'TaskCompleted', party: 'administration', actor: 'cid' });
    await soon();

    // then
    const dossier = { id: 'd1', by: 'administration' };
    expect(ann.told).to.deep.equal([
      { seq: 2, dossiers: [{ ...dossier, self: false }], tasks: true, notifications: false },
    ]);
    expect(office.told[0]?.dossiers).to.deep.equal([{ ...dossier, self: true }]);
    expect(ben.told).to.deep.equal([]);
    live.stop();
  });

  it('tells who comes back what happened meanwhile, unless it is too much to say', async () => {
    // given
    const live = createLive(store, { everyMs: 5 });
    const ann = aFollower(person('ann'));
    append({ dossier: 'd1', type: 'TaskCompleted', party: 'administration', actor: 'cid' });

    // when
    const following = await live.follow(ann);
    await following.catchUp(2);
    expect(ann.told, 'nothing is new').to.deep.equal([]);
    await following.catchUp(1);

    // then
    const dossiers = [{ id: 'd1', by: 'administration', self: false }];
    expect(ann.told).to.deep.equal([{ seq: 2, dossiers, tasks: true, notifications: false }]);
    for (let more = 0; more < 600; more++) append({ dossier: 'd1', type: 'TaskCompleted', actor: 'cid' });
    const late = aFollower(person('ann'));
    await (await live.follow(late)).catchUp(1);
    expect(late.told).to.deep.equal([]);
    live.stop();
  });

  it('asks nothing of the log while nobody looks', async () => {
    // given
    const live = createLive(store, { everyMs: 5 });
    await soon();
    expect(asked).to.equal(0);
    const ann = aFollower(person('ann'));
    const { leave } = await live.follow(ann);
    await soon();
    expect(asked).to.be.greaterThan(0);

    // when
    leave();
    await soon();
    const before = asked;
    await soon();

    // then
    expect(asked).to.equal(before);
    live.stop();
  });

  it('ends for whoever’s rights have changed, and for all when the node stops', async () => {
    // given
    const live = createLive(store, { everyMs: 5 });
    const ann = aFollower(person('ann'));
    const ben = aFollower(person('ben'));
    await live.follow(ann);
    await live.follow(ben);

    // when
    append({ dossier: null, type: 'AccountChanged', subject: 'ann' });
    await soon();

    // then
    expect([ann.ended, ben.ended]).to.deep.equal([true, false]);
    live.stop();
    expect(ben.ended).to.equal(true);
  });

  it('lets the oldest page of a person go when too many are open', async () => {
    // given
    const live = createLive(store, { everyMs: 5 });
    const pages = Array.from({ length: 7 }, () => aFollower(person('ann')));

    // when
    for (const page of pages) await live.follow(page);

    // then
    expect(pages.map(({ ended }) => ended)).to.deep.equal([true, false, false, false, false, false, false]);
    live.stop();
  });
});
