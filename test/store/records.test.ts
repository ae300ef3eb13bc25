import { expect } from 'chai';
import type { Notification } from '../../src/domain/notification.ts';
import type { Body } from '../../src/domain/party.ts';
import type { ProcedureVersion } from '../../src/procedures/types.ts';
import type { IdempotencyRecord } from '../../src/store/store.ts';
import { refusal } from '../support/refusal.ts';
import { COMMUNE } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('bodies', (open) => {
  it('are competent where their territories are, the most local first', async () => {
    // given
    const store = await open();
    const keep = async (id: string, territories: string[], changes: Partial<Body> = {}) => {
      const body: Body = {
        id,
        kind: 'urbanAgency',
        name: { ar: 'و', fr: id },
        territories,
        active: true,
        ...changes,
      };
      await store.transaction((tx) => store.bodies.insert(tx, body));
      return body;
    };
    const country = await keep('country', ['*']);
    const province = await keep('province', ['02', '01.151']);
    const local = await keep('local', [COMMUNE]);
    await keep('closed', [COMMUNE], { active: false });
    await keep('otherKind', [COMMUNE], { kind: 'railways' });
    await keep('far', ['02']);
    // when, then
    expect(await store.bodies.competent('urbanAgency', COMMUNE)).to.deep.equal([local, province, country]);
    await refusal(keep('local', []), 'BODY_EXISTS');
    await store.transaction((tx) => store.bodies.save(tx, { ...local, active: false }));
    expect((await store.bodies.find('local'))?.active).to.equal(false);
    await refusal(
      store.transaction((tx) => store.bodies.save(tx, { ...local, id: 'unknown' })),
      'BODY_NOT_FOUND',
    );
    expect((await store.bodies.list()).map(({ id }) => id)).to.deep.equal(
      ['closed', 'country', 'far', 'local', 'otherKind', 'province'].sort(),
    );
  });
});

eachStore('procedure versions', (open) => {
  it('are found by hash and by the day they are in force', async () => {
    // given
    const store = await open();
    const version = (hash: string, inForceFrom: string, publishedAt: number): ProcedureVersion => ({
      hash,
      id: 'building-permit',
      settings: {
        id: 'building-permit',
        numberType: 'PC',
        name: { ar: 'ر', fr: 'p' },
        inForceFrom,
        legalBasis: [],
        silenceIsApproval: false,
        timeLimits: [],
        pieces: [],
        decisions: { classification: 'c', committee: 'c', members: 'm', tax: 't' },
        forms: { application: 'a' },
        parameters: {},
      },
      diagram: '<xml/>',
      forms: {
        'p/a': { id: 'p/a', schema: { $schema: 'x', $ref: '#' }, ui: {}, texts: { ar: {}, fr: {}, en: {} } },
      },
      decisions: {},
      tasks: {},
      services: {},
      names: { A: { ar: 'ا', fr: 'a' } },
      publishedAt,
      publishedBy: 'someone',
      note: '',
      inForceFrom,
    });
    const [old, corrected, next] = [
      version('h1', '2026-01-01', 1),
      version('h2', '2026-01-01', 2),
      version('h3', '2026-06-01', 3),
    ];
    for (const one of [old, corrected, next, old]) {
      await store.transaction((tx) => store.procedures.insert(tx, one));
    }
    // when, then
    expect(await store.procedures.find('h1')).to.deep.equal(old);
    expect(await store.procedures.find('h9')).to.equal(null);
    expect((await store.procedures.inForce('building-permit', '2026-05-31'))?.hash).to.equal('h2');
    expect((await store.procedures.inForce('building-permit', '2026-06-01'))?.hash).to.equal('h3');
    expect(await store.procedures.inForce('building-permit', '2025-12-31')).to.equal(null);
    expect(await store.procedures.inForce('other', '2026-06-01')).to.equal(null);
    const { diagram: _d, forms: _f, decisions: _t, ...summary } = next;
    const versions = await store.procedures.versions();
    expect(versions[0]).to.deep.equal(summary);
    expect(versions.map(({ hash }) => hash)).to.deep.equal(['h3', 'h2', 'h1']);
    expect(await store.procedures.versions('other')).to.deep.equal([]);
  });
});

eachStore('notifications', (open) => {
  const notification = (id: string, changes: Partial<Notification> = {}): Notification => ({
    id,
    account: 'me',
    dossier: null,
    dossierNumber: null,
    template: 'notification.dossierOpened',
    data: { a: 1 },
    createdAt: 1000,
    readAt: null,
    mail: null,
    ...changes,
  });

  it('are listed, newest first, and read once, by their own reader', async () => {
    // given
    const store = await open();
    const [a, b, c] = [
      notification('a'),
      notification('b', { createdAt: 2000 }),
      notification('c', { account: 'you' }),
    ];
    await store.transaction((tx) => store.notifications.insert(tx, [a, b, c]));
    const ids = async (unread: boolean) =>
      (await store.notifications.list('me', unread, { limit: 10, cursor: null })).items.map(({ id }) => id);
    // when
    await store.notifications.markRead('me', 'a', 7);
    await store.notifications.markRead('me', 'a', 8);
    // then
    expect(await ids(false)).to.deep.equal(['b', 'a']);
    expect(await ids(true)).to.deep.equal(['b']);
    const { items } = await store.notifications.list('me', false, { limit: 10, cursor: null });
    expect(items).to.deep.equal([b, { ...a, readAt: 7 }]);
    await refusal(store.notifications.markRead('me', 'c', 9), 'NOTIFICATION_NOT_FOUND');
    await refusal(store.notifications.markRead('me', 'x', 9), 'NOTIFICATION_NOT_FOUND');
  });

  it('have their e-mails sent by one sender at a time', async () => {
    // given
    const store = await open();
    const mail = { status: 'pending', attempts: 0, runAfter: 0 } as const;
    const all = [
      notification('a', { mail }),
      notification('b', { mail: { ...mail, runAfter: 500 } }),
      notification('c'),
    ];
    await store.transaction((tx) => store.notifications.insert(tx, all));
    // when, then
    const claims = await Promise.all([1, 2, 3].map(() => store.notifications.claimMail(100, 1000, 10)));
    expect(claims.flat().map(({ id }) => id)).to.deep.equal(['a']);
    expect((await store.notifications.claimMail(1100, 1000, 1)).map(({ id }) => id)).to.deep.equal(['b']);
    await store.notifications.mailDone('a', 'pending', 1, 5000);
    await store.notifications.mailDone('b', 'sent', 1, 0);
    expect(await store.notifications.claimMail(4999, 1000, 10)).to.deep.equal([]);
    const [again] = await store.notifications.claimMail(5000, 1000, 10);
    expect(again?.mail).to.deep.equal({ status: 'pending', attempts: 1, runAfter: 6000 });
  });
});

eachStore('what requests did', (open) => {
  it('is written once per key, with its answer later', async () => {
    // given
    const store = await open();
    const record: IdempotencyRecord = {
      id: 'me:POST /dossiers:key',
      fingerprint: 'f',
      resource: { kind: 'dossier', id: 'd' },
      response: null,
      createdAt: 1000,
    };
    const insert = () => store.transaction((tx) => store.idempotency.insert(tx, record));
    // when
    const outcomes = await Promise.allSettled([insert(), insert(), insert()]);
    // then
    const codes = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason.code] : []));
    expect(codes).to.deep.equal(['REQUEST_IN_PROGRESS', 'REQUEST_IN_PROGRESS']);
    expect(await store.idempotency.find(record.id)).to.deep.equal(record);
    const response = { status: 201, body: { $a: ['ن'] }, headers: { 'x.y': '1' } };
    await store.idempotency.keepResponse(record.id, response);
    expect(await store.idempotency.find(record.id)).to.deep.equal({ ...record, response });
    expect(await store.idempotency.find('unknown')).to.equal(null);
  });
});

eachStore('receipts and settings', (open) => {
  it('take a receipt of a commune once', async () => {
    const store = await open();
    const reserve = (commune: string, receipt: string) =>
      store.transaction((tx) => store.receipts.reserve(tx, commune, receipt));
    await reserve('01', 'r-1');
    await reserve('02', 'r-1');
    await refusal(reserve('01', 'r-1'), 'RECEIPT_ALREADY_USED');
  });

  it('let the first writer win', async () => {
    // given
    const store = await open();
    // when
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => store.settings.once('clock', { writer: i, 'a.b': '$x' })),
    );
    // then
    expect(new Set(answers.map(({ writer }) => writer)).size).to.equal(1);
    expect(await store.settings.get('clock')).to.deep.equal(answers[0]);
    await store.settings.set('clock', { now: 1 });
    expect(await store.settings.get('clock')).to.deep.equal({ now: 1 });
    expect(await store.settings.get('unknown')).to.equal(null);
    await store.ping();
  });
});
