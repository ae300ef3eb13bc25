import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from '@shubbak/embedded-mongo';
import { expect } from 'chai';
import { type BackUpOptions, backUp } from '../../src/backup/backUp.ts';
import { type Manifest, writeManifest } from '../../src/backup/manifest.ts';
import { restore } from '../../src/backup/restore.ts';
import { readConfig } from '../../src/config.ts';
import { type ConnectedStore, connectStore } from '../../src/store/connect.ts';
import { aDossier, anEvent } from '../store/support/builders.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const log = () => undefined;
const quiet = { begin: log, add: log };
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: Error) => error.message,
  );

describe('backup and restore', function () {
  this.timeout(120_000);
  let folder: string;
  let dataDir: string;
  let target: string;
  let running: ConnectedStore | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shubbak-backup-'));
    dataDir = join(folder, 'data');
    target = join(folder, 'monday');
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const configOf = (env: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...env });
  const make = (options: Partial<BackUpOptions> = {}) =>
    backUp({
      config: configOf(),
      target,
      filesOnly: false,
      productVersion: '0.1.0',
      createdAt: '2026-11-27T02:00:00.000Z',
      progress: quiet,
      ...options,
    });
  const putBack = (options: { into?: string; force?: boolean; version?: string } = {}) =>
    restore({
      config: readConfig({ DATA_DIR: options.into ?? join(folder, 'new') }),
      source: target,
      force: options.force ?? false,
      productVersion: options.version ?? '0.1.0',
      stamp: 'stamp',
      progress: quiet,
    });

  /** A data directory with one dossier, one file, a key and a secret, and its store running. */
  async function office(): Promise<{ store: ConnectedStore; dossier: ReturnType<typeof aDossier> }> {
    const store = await connectStore({ dataDir, log });
    running = store;
    const dossier = aDossier();
    await store.transaction((tx) => store.dossiers.insert(tx, dossier));
    const files = {
      'files/ab/cd/abcd': 'a plan',
      'files/tmp/half': 'half',
      'keys/k.pem': 'key',
      'secrets/t': 's',
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(dataDir, path, '..'), { recursive: true });
      await writeFile(join(dataDir, path), content);
    }
    return { store, dossier };
  }

  async function flip(path: string): Promise<void> {
    const bytes = await readFile(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }

  it('is one moment of a store that goes on writing, and comes back whole elsewhere', async () => {
    // given: pairs of events, of which no half may be in the backup
    const { store, dossier } = await office();
    let isOver = false;
    const writing = (async () => {
      for (let n = 0; !isOver; n++) {
        await store.transaction(async (tx) => {
          await store.appendEvents(tx, [anEvent({ subject: `a${n}` })]);
          await store.appendEvents(tx, [anEvent({ subject: `b${n}` })]);
        });
      }
    })();
    while ((await store.events.last()).seq < 20) await new Promise((resolve) => setImmediate(resolve));
    // when
    const manifest = await make();
    isOver = true;
    await writing;
    await putBack();
    // then
    expect(manifest.parts.map(({ path }) => path)).to.deep.equal([
      'store/store.db',
      'files/ab/cd/abcd',
      'keys/k.pem',
      'secrets/t',
    ]);
    const restored = await connectStore({ dataDir: join(folder, 'new'), log });
    expect(await restored.dossiers.get(dossier.id)).to.deep.equal(dossier);
    const { seq } = await restored.events.last();
    expect(seq).to.be.at.least(20);
    expect(seq % 2, 'half a transaction').to.equal(0);
    for await (const { fault } of restored.verifyChain()) expect(fault).to.equal(null);
    await restored.stop();
    expect(await readFile(join(folder, 'new', 'files/ab/cd/abcd'), 'utf8')).to.equal('a plan');
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'new', 'secrets/t'))).mode & 0o077).to.equal(0);
  });

  it('is made of a store that nobody serves, and through a link to another disk', async () => {
    await office();
    await running?.stop();
    await mkdir(join(folder, 'disk'));
    await writeFile(join(folder, 'disk', 'big'), 'big');
    await symlink(join(folder, 'disk'), join(dataDir, 'elsewhere'));
    await symlink(dataDir, join(dataDir, 'files', 'loop'));
    // when
    const { parts } = await make();
    // then
    expect(parts.map(({ path }) => path)).to.include('elsewhere/big');
    expect(parts.some(({ path }) => path.includes('loop'))).to.equal(false);
  });

  it('goes to a new folder outside what is backed up, or is refused', async () => {
    await office();
    await mkdir(target);
    await writeFile(join(target, 'mine'), '');
    expect(await failure(make())).to.contain('is not empty: choose a new folder');
    expect(await failure(make({ target: join(dataDir, 'backups') }))).to.contain('which is to be backed up');
    const other = join(folder, 'other');
    await mkdir(`${other}.partial`);
    expect(await failure(make({ target: other }))).to.contain('another backup is being made');
  });

  it('leaves nothing that looks like a backup when the store is damaged', async () => {
    const { store } = await office();
    await store.transaction(async (tx) => {
      const events = Array.from({ length: 300 }, () => anEvent({ subject: 'x'.repeat(300) }));
      await store.appendEvents(tx, events);
    });
    await running?.stop();
    running = undefined;
    const file = join(dataDir, 'store', 'store.db');
    const bytes = await readFile(file);
    // Old pages keep what was there once.
    for (let at = bytes.indexOf('x'.repeat(300)); at >= 0; at = bytes.indexOf('x'.repeat(300), at + 1))
      bytes[at + 100] = 'y'.charCodeAt(0);
    await writeFile(file, bytes);
    // when
    const said = await failure(make());
    // then
    expect(said).to.match(/store\.db is damaged, so no backup was made: document \d+ of shubbak\./);
    expect(await readdir(folder)).to.deep.equal(['data']);
  });

  it('leaves a database that others run to its own tools, and says so', async () => {
    await office();
    const config = configOf({ MONGODB_URI: 'mongodb://db1/shubbak?replicaSet=rs0' });
    expect(await failure(make({ config }))).to.contain('back it up with its own tools');
    // when
    const { store, parts } = await make({ config, filesOnly: true });
    // then
    expect(store).to.equal(null);
    expect(parts.map(({ path }) => path)).to.deep.equal(['files/ab/cd/abcd', 'keys/k.pem', 'secrets/t']);
  });

  it('knows the store of npm run store by its secret, which it keeps', async () => {
    await office();
    const secret = 'x'.repeat(30);
    await writeFile(join(dataDir, 'store', 'secret'), secret);
    const uri = (password: string) =>
      `mongodb://owner:${password}@127.0.0.1:27117/shubbak?replicaSet=embedded`;
    expect(await failure(make({ config: configOf({ MONGODB_URI: uri('another') }) }))).to.contain(
      'cannot copy',
    );
    // when
    const { parts } = await make({ config: configOf({ MONGODB_URI: uri(secret) }) });
    // then
    expect(parts.map(({ path }) => path)).to.include('store/secret');
  });

  it('is not restored over data, nor under a running store', async () => {
    await office();
    await make();
    expect(await failure(putBack({ into: dataDir }))).to.contain('is not empty: with --force');
    expect(await failure(putBack({ into: dataDir, force: true }))).to.match(
      /store is held by process \d+ since .*: stop it first/,
    );
    await running?.stop();
    // when
    const { kept } = await putBack({ into: dataDir, force: true });
    // then: what was there is set aside whole
    expect(kept).to.contain('data.before-stamp');
    expect(await readFile(join(kept ?? '', 'files/tmp/half'), 'utf8')).to.equal('half');
    expect((await readdir(folder)).sort()).to.deep.equal(['data', 'data.before-stamp', 'monday']);
    running = await connectStore({ dataDir, log });
  });

  it('is refused when damaged, cut, or of a newer version, and nothing is touched', async () => {
    const { store } = await office();
    await make();
    await store.stop();
    running = undefined;
    const before = await readdir(folder);
    const manifest = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8')) as Manifest;
    const attempt = () => failure(putBack({ into: dataDir, force: true }));
    const withManifest = async (changes: Partial<Manifest>) => {
      await rm(join(target, 'manifest.json'));
      await writeManifest(target, { ...manifest, ...changes });
      return attempt();
    };
    // when, then
    expect(await withManifest({ format: 2 })).to.contain('newer than this one');
    expect(await withManifest({ productVersion: '0.2.0' })).to.contain('version 0.2.0 of Shubbak');
    expect(await withManifest({ store: { format: 99 } })).to.contain('written by a newer version');
    const [part] = manifest.parts;
    expect(
      await withManifest({ parts: [{ ...part, path: '../outside' } as Manifest['parts'][0]] }),
    ).to.contain('cannot be read as a manifest');
    await withManifest({
      parts: [...manifest.parts, { path: 'files/gone', size: 1, sha256: '0'.repeat(64) }],
    }).then((said) => expect(said).to.contain('lacks files/gone'));
    await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest).slice(0, -20));
    expect(await attempt()).to.contain('is damaged');
    await rm(join(target, 'manifest.json'));
    expect(await attempt()).to.contain('is not a whole backup');
    await writeManifest(target, manifest);
    await flip(join(target, 'data', 'store', 'store.db'));
    expect(await attempt()).to.contain('is damaged: store/store.db is not what was backed up');
    expect(await readdir(folder)).to.deep.equal(before);
    running = await connectStore({ dataDir, log });
  });

  it('leaves what was there in its place when the last step fails', async () => {
    await office();
    await make();
    await running?.stop();
    running = undefined;
    await mkdir(join(folder, 'data.before-stamp', 'full'), { recursive: true });
    // when
    expect(await failure(putBack({ into: dataDir, force: true }))).to.be.a('string');
    // then
    expect((await readdir(folder)).sort()).to.deep.equal(['data', 'data.before-stamp', 'monday']);
    expect(await readFile(join(dataDir, 'files/ab/cd/abcd'), 'utf8')).to.equal('a plan');
    running = await connectStore({ dataDir, log });
  });

  it('says in a sentence why a folder cannot be restored into', async () => {
    await office();
    await make();
    const config = readConfig({ DATA_DIR: join(folder, 'new'), STORE_DIR: join(folder, 'elsewhere') });
    const options = { source: target, force: false, productVersion: '0.1.0', stamp: '', progress: quiet };
    expect(await failure(restore({ ...options, config }))).to.contain('STORE_DIR is not the folder store');
    await mkdir(join(folder, 'new.restoring'));
    expect(await failure(putBack())).to.contain('another restore is running');
  });

  it('is two commands that end with a sentence, and with 1 when they fail', async () => {
    // given: a store that has an owner, as under npm start
    await mkdir(dataDir);
    const server = await startEmbeddedMongo({ directory: join(dataDir, 'store') });
    const run = async (command: string, dir: string, ...args: string[]) => {
      const child = spawn(process.execPath, ['--import', 'tsx', `src/backup/${command}.ts`, ...args], {
        cwd: root,
        env: { ...process.env, DATA_DIR: dir },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          output += chunk;
        });
      const [code] = await once(child, 'close');
      return `${code} ${output}`;
    };
    try {
      expect(await run('backUpCommand', dataDir)).to.match(/^1 npm run backup -- /);
      expect(await run('backUpCommand', join(folder, 'none'), target)).to.match(/^1 there is no store in /);
      expect(await run('backUpCommand', dataDir, target)).to.match(/^0 Backed up 1 files, .* kB, to /);
      expect(await run('restoreCommand', join(folder, 'new'), target)).to.match(/^0 Restored 1 files of 20/);
      expect(await run('restoreCommand', dataDir, target, '--force')).to.match(
        /^1 .* held by process \d+ since/,
      );
    } finally {
      await server.stop();
    }
  });
});
