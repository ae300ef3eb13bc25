import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import { expect } from 'chai';
import type { Task } from '../../src/domain/process.ts';
import { connectStore, migrateStore } from '../../src/store/connect.ts';
import { RECORDS_VERSION, recordsVersion } from '../../src/store/migrations/migrations.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier, anEvent, aTask, begin } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

const COMMUNE = '01.151.01.01';

eachStore('records of an earlier version', (open) => {
  let store: TestStore;

  beforeEach(async () => {
    store = await open();
  });

  const submitted = (at: number) =>
    anEvent({ type: 'ApplicationSubmitted', territory: COMMUNE, at, dossier: `dossier-${at}` });
  const append = (...events: ReturnType<typeof anEvent>[]) =>
    store.transaction(async (tx) => store.appendEvents(tx, events));
  const lines = async () => {
    const page = { limit: 100, cursor: null };
    const filter = { commune: COMMUNE, direction: 'incoming', year: 2026 } as const;
    const { items } = await store.registers.list(filter, page);
    return items.map(({ number, dossier }) => [number, dossier]).reverse();
  };
  /** As if the events had been before there were registers. */
  const forget = async () => {
    await store.connection.collection('registerEntries').deleteMany({});
    await store.connection.collection('counters').deleteMany({});
  };
  const AT = Date.UTC(2026, 2, 1);
  /** The version that brought registers. */
  const REGISTERS = 3;
  /** The version that brought records of several events. */
  const GROUPED_EVENTS = 4;
  /** The version by which tasks tell who applies. */
  const APPLICANTS = 5;

  it('get the register lines that are missing, once, after those that are there', async () => {
    // given
    await append(submitted(AT + 1), submitted(AT + 2));
    await forget();
    await append(submitted(AT + 3));
    // when
    await store.upgrade();
    // then
    const expected = [
      [1, `dossier-${AT + 3}`],
      [2, `dossier-${AT + 1}`],
      [3, `dossier-${AT + 2}`],
    ];
    expect(await lines()).to.deep.equal(expected);
    await store.settings.set('records', { version: 0 });
    await store.upgrade();
    expect(await lines()).to.deep.equal(expected);
  });

  it('go on with the migration that was cut off, and with no earlier one', async () => {
    // given: the first line was written, then the program ended
    await append(submitted(AT + 1));
    await append(submitted(AT + 2));
    await store.connection.collection('registerEntries').deleteMany({ dossier: `dossier-${AT + 2}` });
    await store.settings.set('records', { version: REGISTERS - 1 });
    const told: string[] = [];
    // when
    await store.upgrade((line) => told.push(line));
    // then
    expect(told).to.have.length(RECORDS_VERSION - REGISTERS + 1);
    expect(told[0]).to.contain(`version ${REGISTERS}`);
    expect((await lines()).map(([, dossier]) => dossier)).to.deep.equal([
      `dossier-${AT + 1}`,
      `dossier-${AT + 2}`,
    ]);
    expect(await recordsVersion(store.settings)).to.equal(RECORDS_VERSION);
  });

  it('have the events of a step together, with the numbers and the chain that they had one by one', async () => {
    // given
    await append(
      submitted(AT + 1),
      anEvent({ type: 'JobRequested', subject: 'job-1', flowNode: 'Notify', dossier: 'dossier-1', at: AT }),
      anEvent({ type: 'AccountOpened', subject: 'account-1', dossier: null, at: AT }),
    );
    await append(
      ...Array.from({ length: 3 }, (_, i) => anEvent({ at: AT, dossier: 'dossier-2', data: { i } })),
    );
    const before = await store.events.list({}, 10);
    const records = store.connection.collection<{ _id: string }>('events');
    const oneByOne = before.map(({ id, ...event }) => ({ _id: id, ...event }));
    await records.deleteMany({});
    await records.insertMany(oneByOne);
    await store.settings.set('records', { version: GROUPED_EVENTS - 1 });
    expect(await store.events.list({}, 10)).to.deep.equal(before);
    // when
    await store.upgrade();
    // then
    expect(await store.events.list({}, 10)).to.deep.equal(before);
    expect(await records.countDocuments({ type: { $exists: true } })).to.equal(0);
    expect(await store.events.list({ dossier: null, subject: 'account-1' }, 10)).to.deep.equal([before[2]]);
    expect(await store.events.list({ types: ['JobRequested'] }, 10)).to.deep.equal([before[1]]);
    for await (const { fault } of store.verifyChain()) expect(fault).to.equal(null);
    await append(submitted(AT + 2));
    expect((await store.events.last()).seq).to.equal(before.length + 1);
  });

  it('have the applicant of their dossier on tasks, open and ended', async () => {
    // given
    const mine = aDossier({ applicant: 'applicant-7' });
    const others = aDossier({ applicant: 'applicant-8' });
    await store.transaction(async (tx) => {
      await store.dossiers.insert(tx, mine);
      await store.dossiers.insert(tx, others);
    });
    const [open, ended, other] = [mine, mine, others].map(({ id }) => aTask({ dossier: id })) as [
      Task,
      Task,
      Task,
    ];
    await begin(store, { openTasks: [open, ended, other] });
    const records = store.connection.collection<{ _id: string }>('tasks');
    await records.updateMany({}, { $unset: { applicant: 1 } });
    await records.updateOne({ _id: ended.id }, { $set: { status: 'completed' } });
    await store.settings.set('records', { version: APPLICANTS - 1 });
    // when
    await store.upgrade();
    // then
    const applicants = async () =>
      Promise.all([open, ended, other].map(async ({ id }) => (await store.tasks.find(id))?.applicant));
    expect(await applicants()).to.deep.equal(['applicant-7', 'applicant-7', 'applicant-8']);
  });

  it('count as the first version where only lookups were noted', async () => {
    expect(await recordsVersion(store.settings)).to.equal(0);
    await store.settings.set('lookups', { version: 1 });
    expect(await recordsVersion(store.settings)).to.equal(1);
  });
});

describe('a store of another version', function () {
  this.timeout(60_000);
  let dataDir: string;
  const log = () => undefined;
  const failure = (work: Promise<{ stop(): Promise<void> } | void>) =>
    work.then(
      async (store) => {
        await store?.stop();
        return null;
      },
      (error: Error) => error.message,
    );

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'shubbak-migrations-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is refused when it is newer, and left as it is', async () => {
    // given
    const first = await connectStore({ dataDir, log });
    await first.settings.set('records', { version: RECORDS_VERSION + 1 });
    await first.stop();
    // when
    const message = await failure(connectStore({ dataDir, log }));
    // then
    expect(message).to.contain(`version ${RECORDS_VERSION + 1}, newer than ${RECORDS_VERSION}`);
  });

  it('on a server of others waits for the command that migrates it', async () => {
    // given: the embedded server plays the one that others run
    const server = await startEmbeddedMongo({ directory: join(dataDir, 'theirs') });
    const mongodbUri = server.uri;
    try {
      const store = await connectStore({ mongodbUri, dataDir, log });
      await store.settings.set('records', { version: RECORDS_VERSION - 1 });
      await store.stop();
      // when
      const early = await failure(connectStore({ mongodbUri, dataDir, log }));
      await migrateStore(mongodbUri);
      // then
      expect(early).to.contain('npm run migrate');
      const later = await connectStore({ mongodbUri, dataDir, log });
      await later.settings.set('records', { version: RECORDS_VERSION + 1 });
      await later.stop();
      expect(await failure(migrateStore(mongodbUri))).to.contain('newer than');
      expect(await failure(connectStore({ mongodbUri, dataDir, log }))).to.contain('newer than');
    } finally {
      await server.stop();
    }
  });
});
