import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { freePort, startServer } from '../scripts/demo/server.ts';
import { ANSWER, beginDossiers, tenTasks } from './support/httpOffice.ts';
import type { BenchReport, Measurement } from './support/report.ts';
import { openOffice, PASSWORD } from './support/webOffice.ts';

const CONNECTIONS = 50;
const WARM_UP_S = 5;
const MEASURED_S = 15;
/** More than any server completes in that time. */
const DOSSIERS = Number(process.env.DOSS ?? 16_000);
const TARGETS = { 'tasks.perSecond': 300, 'tasks.p50': 125, 'tasks.p95': 250, 'tasks.p99': 500 } as const;
type Measure = keyof typeof TARGETS;

/**
 * How many tasks a server completes in a second over 50 connections, and how long each takes, by the whole path: token,
 * policy, the form's rules, the step of the process and its commit on the embedded store. The server is a process of its
 * own; it, its store and this load share the machine. Peers are the targets: nobody else completes this product's tasks.
 */
export async function run(only?: string): Promise<BenchReport> {
  const report: BenchReport = { bench: 'http', store: 'embedded', results: [] };
  const wanted = (Object.keys(TARGETS) as Measure[]).filter((one) => only === undefined || only === one);
  if (wanted.length === 0) return report;
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-bench-http-'));
  try {
    const { tasks, officer } = await prepare(directory);
    const figures = await load(directory, tasks, officer);
    report.results.push(...wanted.map((measure) => measured(measure, figures[measure])));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return report;
}

function measured(measure: Measure, ours: number): Measurement {
  const target = TARGETS[measure];
  const unit = measure === 'tasks.perSecond' ? 'tasks/s' : 'ms';
  return { measure, unit, ours, peers: { target }, ratio: Math.round((ours / target) * 100) / 100 };
}

/** An office with dossiers that wait for its officer. */
async function prepare(directory: string): Promise<{ tasks: string[]; officer: string }> {
  process.stderr.write(`Beginning ${DOSSIERS} dossiers …\n`);
  const office = await openOffice(directory, pino({ level: 'silent' }));
  try {
    const model = await office.store.dossiers.get(await office.draft());
    const tasks = await beginDossiers(office.store, await tenTasks(), model, DOSSIERS);
    return { tasks, officer: office.officer };
  } finally {
    await office.stop();
  }
}

async function load(directory: string, tasks: string[], officer: string): Promise<Record<Measure, number>> {
  const port = await freePort();
  const env = {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: join(directory, 'data'),
    LOG_LEVEL: 'error',
  };
  const server = await startServer(env, () => undefined);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const post = (path: string, body: object, token: string): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const sent = JSON.stringify(body);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(sent),
        'idempotency-key': crypto.randomUUID(),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      };
      const asked = request(
        { port, host: '127.0.0.1', path: `/api/v1${path}`, method: 'POST', agent, headers },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(sent);
    });

  try {
    const session = await post('/sessions', { email: officer, password: PASSWORD }, '');
    const { accessToken } = JSON.parse(session.text) as { accessToken: string };
    process.stderr.write(`Completing tasks over ${CONNECTIONS} connections …\n`);
    let over = false;
    let times: number[] = [];
    const lanes = Array.from({ length: CONNECTIONS }, async () => {
      for (let task = tasks.pop(); task !== undefined && !over; task = tasks.pop()) {
        const begun = performance.now();
        const { status, text } = await post(`/tasks/${task}/completion`, ANSWER, accessToken);
        if (status !== 200) throw new Error(`${status} ${text}`);
        times.push(performance.now() - begun);
      }
      if (!over) throw new Error('there were too few dossiers');
    });
    const failed = Promise.all(lanes);
    const wait = (seconds: number) =>
      Promise.race([failed, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
    await wait(WARM_UP_S);
    times = [];
    const begun = performance.now();
    await wait(MEASURED_S);
    const seconds = (performance.now() - begun) / 1000;
    const taken = times.slice().sort((a, b) => a - b);
    over = true;
    await failed;
    const at = (share: number) => Math.round(taken[Math.floor(taken.length * share)] as number);
    return {
      'tasks.perSecond': Math.round(taken.length / seconds),
      'tasks.p50': at(0.5),
      'tasks.p95': at(0.95),
      'tasks.p99': at(0.99),
    };
  } finally {
    agent.destroy();
    await server.stop();
  }
}
