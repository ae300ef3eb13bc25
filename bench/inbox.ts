import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { BenchReport } from './support/report.ts';
import { openOffice, PASSWORD } from './support/webOffice.ts';

const MEASURE = 'inbox.p95';
const TASKS = 1_000_000;
const TARGET_MS = 30;
const WARM_UP = 50;
const ASKED = 500;

/** What officials ask of an inbox, one after the other. */
const VIEWS = [
  'scope=all&sort=dueAt',
  'scope=groups&sort=dueAt',
  'scope=all&sort=dueAt&procedure=building-permit-small',
  'scope=all&sort=dueAt&territory=01.151.01.01',
  'scope=all&sort=dueAt&flowNode=CheckCompleteness',
  'scope=mine&sort=dueAt',
];

/**
 * How long an inbox takes to answer among a million open tasks, 95 times of a hundred: first pages of 50 by due date, in the
 * views that officials use, and the pages after them, asked one after the other of a real server on the embedded store.
 */
export async function run(only?: string): Promise<BenchReport> {
  const report: BenchReport = { bench: 'inbox', store: 'embedded', results: [] };
  if (only !== undefined && only !== MEASURE) return report;
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-bench-inbox-'));
  process.stderr.write('Starting a server on an empty store …\n');
  const office = await openOffice(directory, pino({ level: 'silent' }));
  try {
    process.stderr.write(`Writing ${TASKS} open tasks …\n`);
    await office.fill(TASKS);
    const session = await fetch(`${office.base}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: office.officer, password: PASSWORD }),
    });
    const { accessToken } = (await session.json()) as { accessToken: string };
    let cursor = '';
    const ask = async (index: number): Promise<number> => {
      const view = VIEWS[index % VIEWS.length] as string;
      // Every other time the page after the last one of the first view.
      const next = index % 2 === 1 && cursor !== '' ? `${VIEWS[0]}&cursor=${cursor}` : view;
      const begun = performance.now();
      const answer = await fetch(`${office.base}/api/v1/tasks?status=open&limit=50&${next}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      const body = (await answer.json()) as { items: unknown[]; next: string | null };
      const took = performance.now() - begun;
      if (!answer.ok) throw new Error(`${next}: ${answer.status} ${JSON.stringify(body)}`);
      if (!next.includes('mine') && body.items.length !== 50)
        throw new Error(`${next}: ${body.items.length} rows`);
      const isFirst = next === VIEWS[0] || next.startsWith(`${VIEWS[0]}&cursor=`);
      if (isFirst) cursor = encodeURIComponent(body.next ?? '');
      return took;
    };
    for (let index = 0; index < WARM_UP; index++) await ask(index);
    const times: number[] = [];
    for (let index = 0; index < ASKED; index++) times.push(await ask(index));
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round((times[Math.floor(times.length * share)] as number) * 10) / 10;
    process.stderr.write(`median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms\n`);
    const ours = at(0.95);
    const ratio = Math.round((ours / TARGET_MS) * 100) / 100;
    report.results.push({ measure: MEASURE, unit: 'ms', ours, peers: { target: TARGET_MS }, ratio });
  } finally {
    await office.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return report;
}
