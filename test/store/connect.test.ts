import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import { expect } from 'chai';
import type { EngineStore } from '../../src/engine/engineStore.ts';
import { connectStore, migrateStore, openConnection } from '../../src/store/connect.ts';
import type { Tx } from '../../src/store/store.ts';
import { aDossier, anEvent } from './support/builders.ts';

describe('connecting to the store', function () {
  this.timeout(60_000);
  let dataDir: string;
  const log = () => undefined;
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: Error) => error.message,
    );

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'shubbak-connect-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('starts the embedded server and finds everything again after a restart', async () => {
    // given
    const dossier = aDossier();
    const first = await connectStore({ dataDir, log });
    const engine: EngineStore<Tx> = first.engine;
    await engine.step(null, async (tx) => {
      await first.dossiers.insert(tx, dossier);
      engine.appendEvents(tx, [anEvent()]);
    });
    // when
    await first.stop();
    const second = await connectStore({ dataDir, log });
    // then
    expect(second.kind).to.equal('embedded');
    expect(await second.dossiers.get(dossier.id)).to.deep.equal(dossier);
    await second.transaction(async (tx) => second.appendEvents(tx, [anEvent()]));
    expect((await second.events.last()).seq).to.equal(2);
    await second.stop();
  });

  it('tells when the embedded server ends though nobody stopped it', async () => {
    // given
    const lines: string[] = [];
    let lost: (reason: string) => void = () => undefined;
    const told = new Promise<string>((resolve) => {
      lost = resolve;
    });
    const store = await connectStore({
      dataDir,
      log: (line) => lines.push(line),
      onLost: (reason) => lost(reason),
    });
    // when
    process.kill(store.serverPid ?? 0, 'SIGKILL');
    // then
    expect(await told).to.contain('SIGKILL');
    await store.stop();
  });

  it('uses the server it is given once its indexes are there', async () => {
    // given: the embedded server plays the one that others run
    const server = await startEmbeddedMongo({ directory: join(dataDir, 'theirs') });
    const mongodbUri = server.uri;
    try {
      const older = await openConnection(mongodbUri);
      await older.createCollection('dossiers');
      await older.close();
      // when
      const early = await failure(connectStore({ mongodbUri, dataDir, log }));
      await migrateStore(mongodbUri);
      await migrateStore(mongodbUri);
      const store = await connectStore({ mongodbUri, dataDir, log });
      // then
      expect(early).to.contain('lacks indexes').and.to.contain('events (seq:1) unique');
      expect(store.kind).to.equal('mongodb');
      await store.ping();
      await store.stop();
      await failure(store.ping()).then((message) => expect(message).to.be.a('string'));
    } finally {
      await server.stop();
    }
  });

  it('makes the indexes itself in a database that is empty', async () => {
    // given
    const server = await startEmbeddedMongo({ directory: join(dataDir, 'empty') });
    try {
      // when
      const store = await connectStore({ mongodbUri: server.uri, dataDir, log });
      // then
      await store.ping();
      await store.stop();
    } finally {
      await server.stop();
    }
  });

  it('refuses an address where no server answers as one', async () => {
    // given
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    // when
    const uri = `mongodb://127.0.0.1:${port}/?serverSelectionTimeoutMS=300`;
    const message = await failure(connectStore({ mongodbUri: uri, dataDir, log }));
    // then
    expect(message).to.be.a('string');
    silent.close();
  });
});
