import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import pino from 'pino';
import { Filing } from '../../scripts/demo/filing.ts';
import { findPeople, type People } from '../../scripts/demo/people.ts';
import { COMMUNES } from '../../scripts/demo/scenarios.ts';
import { COMMUNE, type LeftDossier, STEPS } from '../../scripts/fixture/steps.ts';
import { readConfig } from '../../src/config.ts';
import { entriesOf } from '../../src/domain/register.ts';
import { type Shubbak, startShubbak } from '../../src/main.ts';

/** Stores that earlier versions wrote, by scripts/fixture/main.ts, named by the commit. */
const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const fixtures = (await readdir(FIXTURES)).filter((name) => name.endsWith('.tar.gz'));

describe('a store of an earlier version', () => {
  it('is kept here', () => expect(fixtures).not.to.deep.equal([]));

  for (const fixture of fixtures)
    describe(basename(fixture, '.tar.gz'), function () {
      this.timeout(180_000);
      let directory: string;
      let node: Shubbak;
      let people: People;
      let left: LeftDossier[];

      const config = () =>
        readConfig({
          PORT: '0',
          HOST: '127.0.0.1',
          DATA_DIR: directory,
          CLOCK: 'demo',
          LOG_LEVEL: 'silent',
          PUBLIC_URL: 'http://shubbak.invalid',
        });
      const start = () =>
        startShubbak(config(), pino({ level: 'silent' }), (reason) => {
          throw new Error(reason);
        });

      before(async () => {
        directory = await mkdtemp(join(tmpdir(), 'shubbak-upgrade-'));
        await mkdir(directory, { recursive: true });
        await promisify(execFile)('tar', ['-xzf', join(FIXTURES, fixture), '-C', directory]);
        left = JSON.parse(await readFile(join(directory, 'dossiers.json'), 'utf8')) as LeftDossier[];
        node = await start();
        people = findPeople(`http://127.0.0.1:${node.port}`, []);
      });
      after(async () => {
        await node.stop();
        await rm(directory, { recursive: true, force: true });
      });

      it('opens with every dossier where it was left', async () => {
        const steps = left.map(({ step }) => step);
        expect(steps).to.deep.equal([...STEPS.map(([name]) => name), 'draft']);
        for (const { id, step } of left) {
          const { dossier } = await new Filing(people, commune(), people.applicant, noWait).found(id);
          expect(dossier.status === 'delivered', step).to.equal(step === 'delivered');
        }
      });

      it('finds accounts and dossiers that nobody has saved since', async () => {
        const accounts = await people.administrator.get<{ items: { email: string }[] }>(
          '/admin/accounts?q=architecte&limit=50',
        );
        expect(accounts.items.map(({ email }) => email)).to.include('architect@shubbak.invalid');
        const number = left[0]?.number ?? '';
        const dossiers = await people
          .registry(COMMUNE)
          .get<{ items: { number: string }[] }>(`/search?q=${encodeURIComponent(number)}&limit=50`);
        expect(dossiers.items.map((one) => one.number)).to.include(number);
      });

      it('has the register lines of what happened before', async () => {
        const events = await node.store.events.list({}, 10_000);
        const expected = events.filter(({ territory }) => territory !== null).flatMap(entriesOf);
        expect(expected.length).to.be.above(20);
        for (const direction of ['incoming', 'outgoing'] as const) {
          const { items } = await node.store.registers.list(
            { commune: COMMUNE, direction, year: 2026 },
            { limit: 100, cursor: null },
          );
          const numbers = items.map((entry) => entry.number).reverse();
          const wanted = expected.filter((entry) => entry.direction === direction);
          expect(items.map(({ kind }) => kind).reverse()).to.deep.equal(wanted.map(({ kind }) => kind));
          expect(numbers).to.deep.equal(wanted.map((_, index) => index + 1));
        }
      });

      it('lets every running dossier come to its end', async () => {
        for (const { id, number, step } of left.filter((one) => one.step !== 'draft')) {
          const filing = new Filing(people, commune(), people.applicant, noWait);
          await filing.found(id);
          const taken = STEPS.findIndex(([name]) => name === step);
          for (const [, go] of STEPS.slice(taken + 1)) await go(filing);
          const { dossier } = await filing.found(id);
          expect([dossier.number, dossier.status], step).to.deep.equal([number, 'delivered']);
        }
        const faults: unknown[] = [];
        for await (const { seq, fault } of node.store.verifyChain())
          if (fault !== null) faults.push([seq, fault]);
        expect(faults).to.deep.equal([]);
      });

      it('is not touched again by the next start', async () => {
        const before = await node.store.events.last();
        const { items } = await node.store.registers.list(
          { commune: COMMUNE, direction: 'incoming', year: 2026 },
          { limit: 1, cursor: null },
        );
        await node.stop();
        node = await start();
        expect((await node.store.events.last()).seq).to.equal(before.seq);
        const again = await node.store.registers.list(
          { commune: COMMUNE, direction: 'incoming', year: 2026 },
          { limit: 1, cursor: null },
        );
        expect(again.items).to.deep.equal(items);
      });
    });
});

const noWait = async () => undefined;

function commune() {
  const found = COMMUNES.find(({ code }) => code === COMMUNE);
  if (found === undefined) throw new Error(`no commune ${COMMUNE}`);
  return found;
}
