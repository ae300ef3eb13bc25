import { expect } from 'chai';
import { notify } from '../../src/handlers/notify.ts';
import { sendDueMails } from '../../src/usecases/operation/sendDueMails.ts';
import { openTestStore, type TestStore } from '../support/testStore.ts';

const account = (id: string, active = true) => ({
  id,
  kind: 'person' as const,
  email: `${id}@shubbak.invalid`,
  name: id,
  nameAr: null,
  identityNumber: null,
  phone: null,
  orderNumber: null,
  language: 'ar' as const,
  jobTitle: null,
  grants: [],
  passwordHash: null,
  active,
  createdAt: 1,
  version: 1,
});

describe('the outbox of e-mails', () => {
  let store: TestStore;
  let now = 1_000_000;
  let ids = 0;
  const sent: string[] = [];
  let isDown = false;
  const mailing = {
    async send(mail: { to: string }) {
      if (isDown) throw new Error('no carrier');
      sent.push(mail.to);
    },
    render: (_notification: unknown, language: string) => ({ subject: language, text: '', html: '' }),
  };
  const core = () => ({ store, realNow: () => now });
  const tell = (accounts: string[]) =>
    store.transaction((tx) =>
      notify(
        { store, newId: () => `n-${++ids}`, mailEnabled: true },
        tx,
        { id: 'd', number: 'N-1' },
        accounts,
        'refused',
        now,
      ),
    );

  before(async () => {
    store = await openTestStore();
    await store.transaction(async (tx) => {
      await store.accounts.insert(tx, account('ann'));
      await store.accounts.insert(tx, account('closed', false));
    });
  });

  it('sends each message once, and none to a closed account', async () => {
    await tell(['ann', 'ann', 'closed']);
    expect(await sendDueMails(core(), mailing)).to.equal(2);
    expect(await sendDueMails(core(), mailing)).to.equal(0);
    expect(sent).to.deep.equal(['ann@shubbak.invalid']);
  });

  it('tries again later what the carrier did not take, then gives up', async () => {
    // given
    isDown = true;
    await tell(['ann']);
    // when
    const tries: number[] = [];
    for (const pause of [0, 30_000, 120_000, 600_000, 3_600_000, 21_600_000]) {
      now += pause;
      tries.push(await sendDueMails(core(), mailing));
      expect(await sendDueMails(core(), mailing), 'not before its pause').to.equal(0);
    }
    now += 10 * 86_400_000;
    tries.push(await sendDueMails(core(), mailing));
    // then
    expect(tries).to.deep.equal([1, 1, 1, 1, 1, 1, 0]);
    const { items } = await store.notifications.list('ann', false, { limit: 10, cursor: null });
    expect(items.map((one) => one.mail?.status).sort()).to.deep.equal(['failed', 'sent']);
  });
});
