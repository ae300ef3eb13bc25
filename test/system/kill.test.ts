import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Acknowledged } from '../../scripts/demo/client.ts';
import { runDemo, START } from '../../scripts/demo/run.ts';
import { type DemoServer, freePort, startServer } from '../../scripts/demo/server.ts';
import type { DomainEvent } from '../../src/domain/events.ts';
import { diskFiles } from '../../src/gateways/files/diskFiles.ts';
import { connectStore } from '../../src/store/connect.ts';

const KILLS = Number(process.env.KILLS ?? 30);
const SEED = Number(process.env.SEED ?? 20_260_105);

/** Pseudo-random numbers in [0, 1) that a seed repeats (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`kill -9 at ${KILLS} random moments (seed ${SEED})`, function () {
  this.timeout(20 * 60_000);

  it('loses and doubles nothing that was acknowledged', async () => {
    const random = randomFrom(SEED);
    const directory = await mkdtemp(join(tmpdir(), 'shubbak-kill-'));
    const port = await freePort();
    const env = {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(directory, 'data'),
      CLOCK: 'demo',
      CLOCK_START: new Date(START).toISOString(),
      LOG_LEVEL: 'error',
    };
    const log: string[] = [];
    const keep = (line: string) => {
      log.push(line);
    };
    const ledger: Acknowledged[] = [];
    let server: DemoServer = await startServer(env, keep);
    let kills = 0;
    let over = false;
    let killing: Promise<void> = Promise.resolve();

    async function killer(): Promise<void> {
      while (kills < KILLS && !over) {
        await new Promise((resolve) => setTimeout(resolve, 200 + random() * 4_000));
        if (over) return;
        const ended = new Promise((resolve) => server.child.once('exit', resolve));
        server.child.kill('SIGKILL');
        await ended;
        kills++;
        server = await startServer(env, keep);
      }
    }

    try {
      const result = await runDemo({
        base: server.base,
        secret: server.secret,
        output: join(directory, 'output'),
        ledger,
        tell: () => {},
        onReady: () => {
          killing = killer();
          // a start that failed is told below, when the client has given up on it
          killing.catch((error: unknown) => log.push(`killer: ${String(error)}`));
        },
      });
      over = true;
      await killing;
      await server.stop();
      process.stderr.write(`      ${kills} kills, ${ledger.length} acknowledged requests\n`);
      expect(kills, 'the demonstration ended before all kills were done').to.equal(KILLS);
      expect(result.dossiers.filter((one) => one.licence?.valid).length).to.equal(9);
      await compare(env.DATA_DIR, ledger);
    } catch (error) {
      process.stderr.write(`${log.slice(-20).join('\n')}\n`);
      throw error;
    } finally {
      over = true;
      // a server being started anew when a story fails would otherwise outlive it
      await killing.catch(() => undefined);
      server.child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** The client's own ledger against what the store holds: everything is there, once. */
async function compare(dataDir: string, ledger: Acknowledged[]): Promise<void> {
  const store = await connectStore({ dataDir, log: () => {} });
  const files = diskFiles(join(dataDir, 'files'));
  try {
    for await (const { seq, fault } of store.verifyChain()) expect(fault, `event ${seq}`).to.equal(null);
    const events: DomainEvent[] = [];
    for (let after = 0, page = await store.events.list({ after }, 500); page.length > 0; ) {
      events.push(...page);
      after = page.at(-1)?.seq ?? after;
      page = await store.events.list({ after }, 500);
    }
    const subjects = (type: string) =>
      events.filter((event) => event.type === type).map((event) => event.subject);
    const once = (type: string) => {
      const all = subjects(type);
      expect(new Set(all).size, `${type} twice`).to.equal(all.length);
      return new Set(all);
    };
    const acknowledged = (pattern: RegExp) =>
      ledger.flatMap(({ path }) => {
        const found = pattern.exec(path);
        return found?.[1] === undefined ? [] : [found[1]];
      });

    // every acknowledged completion is there, and none that nobody was told of
    const completions = acknowledged(/^\/tasks\/([^/]+)\/completion$/);
    expect(new Set(completions).size).to.equal(completions.length);
    expect([...once('TaskCompleted')].sort()).to.deep.equal([...completions].sort());
    for (const id of completions) expect((await store.tasks.find(id))?.status, id).to.equal('completed');
    for (const type of ['JobCompleted', 'TaskCreated', 'TimerFired', 'InstanceStarted'] as const) once(type);

    // every acknowledged upload is there with its bytes, and none twice
    const uploads = ledger.filter(({ path }) => /^\/dossiers\/[^/]+\/documents$/.test(path));
    expect([...subjects('DocumentAdded'), ...subjects('DocumentReplaced')].sort()).to.deep.equal(
      uploads.map((upload) => upload.id).sort(),
    );
    for (const { id } of uploads) {
      const document = await store.documents.find(id ?? '');
      expect((await files.stat(document?.sha256 ?? ''))?.size, `file of ${id}`).to.equal(document?.size);
    }

    // every filing has one number, and the numbers of a register have no gap
    const filed = acknowledged(/^\/dossiers\/([^/]+)\/submission$/);
    const numbers = new Map<string, number[]>();
    for (const id of filed) {
      const { number } = await store.dossiers.get(id);
      const [, series = '', sequence = ''] = /^(.*)-(\d+)$/.exec(number ?? '') ?? [];
      numbers.set(series, [...(numbers.get(series) ?? []), Number(sequence)]);
      const decisions = await store.decisions.ofDossier(id);
      const keys = decisions.map((one) => `${one.kind} ${one.round}`);
      expect(new Set(keys).size, `${number}: an act twice`).to.equal(keys.length);
      const opinions = await store.opinions.ofDossier(id);
      const words = opinions.map((one) => `${one.body} ${one.round}`);
      expect(new Set(words).size, `${number}: an opinion twice`).to.equal(words.length);
    }
    for (const [series, all] of numbers) {
      expect(
        all.sort((a, b) => a - b),
        series,
      ).to.deep.equal(all.map((_, index) => index + 1));
    }
    expect(filed.length).to.equal(12);

    // no message was left twice
    const told = events.filter((event) => event.type === 'PartiesNotified');
    const stories = told.map((event) => `${event.dossier} ${event.flowNode} ${event.at}`);
    expect(new Set(stories).size).to.equal(stories.length);
  } finally {
    await store.stop();
  }
}
