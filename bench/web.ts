import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import type { BenchReport, Measurement } from './support/report.ts';
import { type Office, openOffice, PASSWORD } from './support/webOffice.ts';
import { type Asked, type Browser, openBrowser, type Visit, watch } from './support/webVisit.ts';

/** What each figure must stay within. */
const TARGETS: Record<string, number> = {
  'js.publicKb': 180,
  'js.filingKb': 320,
  'editor.kbForApplicant': 0,
  'inbox.interactiveMs': 1000,
  'waterfall.depth': 3,
};
const TASKS = 100_000;
const INBOX_ROUNDS = 5;
/** A line so slow that a request which begins after another's end waited for it, and did not only come a moment later. */
const LATENCY_MS = 200;
/** A word of the editor's own tools, which viewers do not have. */
const EDITOR = 'lasso-tool';
const DIST = fileURLToPath(new URL('../web/dist/app', import.meta.url));

/**
 * Measures first visits in Chromium against a real server on a throw-away embedded store: what the public home and the
 * filing form load, how deep their requests wait for each other, and how soon an inbox among 100,000 tasks can be worked.
 */
export async function run(only?: string): Promise<BenchReport> {
  const report: BenchReport = { bench: 'web', store: 'embedded', results: [] };
  if (only !== undefined && TARGETS[only] === undefined) return report;
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-bench-web-'));
  const wants = (...names: string[]) => only === undefined || names.includes(only);
  const figures: Record<string, number> = {};
  log('Starting a server on an empty store …');
  const office = await openOffice(directory, pino({ level: 'silent' }));
  let browser: Browser | null = null;
  try {
    browser = await openBrowser();
    await requireEditorIsRecognised();
    if (wants('js.publicKb', 'waterfall.depth', 'editor.kbForApplicant')) {
      log('The public home, first visit …');
      const visit = await watch(browser, office.base, '/', { ready: '#content h1', latencyMs: LATENCY_MS });
      figures['js.publicKb'] = kilobytes(visit);
      figures['waterfall.depth'] = depthOf(visit);
      figures['editor.kbForApplicant'] = editorKilobytes(visit);
      tell(log, visit);
    }
    if (wants('js.filingKb', 'editor.kbForApplicant')) {
      log('The filing form, first visit …');
      const draft = await office.draft();
      const visit = await watch(browser, office.base, `/my/dossiers/${draft}/edit`, {
        ready: '#content form, #content h1',
        as: { email: office.applicant, password: PASSWORD },
      });
      figures['js.filingKb'] = kilobytes(visit);
      figures['editor.kbForApplicant'] = (figures['editor.kbForApplicant'] ?? 0) + editorKilobytes(visit);
      tell(log, visit);
    }
    if (wants('inbox.interactiveMs')) {
      log(`Writing ${TASKS} open tasks …`);
      await office.fill(TASKS);
      log(`The inbox, ${INBOX_ROUNDS} first visits …`);
      const rounds: number[] = [];
      for (let round = 0; round < INBOX_ROUNDS; round++) rounds.push(await inboxRound(browser, office));
      log(`  ${rounds.map(Math.round).join(', ')} ms`);
      figures['inbox.interactiveMs'] = Math.round(rounds.sort((a, b) => a - b)[INBOX_ROUNDS >> 1] as number);
    }
  } finally {
    await browser?.close();
    await office.stop();
    await rm(directory, { recursive: true, force: true });
  }
  report.results = Object.keys(TARGETS)
    .filter((measure) => figures[measure] !== undefined && (only === undefined || only === measure))
    .map((measure): Measurement => {
      const ours = figures[measure] as number;
      const target = TARGETS[measure] as number;
      // There is no peer to be better than: the figure stands beside its target.
      return { measure, unit: unitOf(measure), ours, peers: { target }, ratio: ratioOf(ours, target) };
    });
  return report;
}

const unitOf = (measure: string): string =>
  measure === 'waterfall.depth' ? 'requests' : measure.endsWith('Ms') ? 'ms' : 'kB gzip';
/** Ours to the target: one or less keeps it. */
const ratioOf = (ours: number, target: number): number | null =>
  target === 0 ? null : Math.round((ours / target) * 100) / 100;

/** Kilobytes of script, as they came over the wire. */
function kilobytes({ asked }: Visit): number {
  return rounded(asked.filter(isScript).reduce((sum, one) => sum + gzipped(one), 0));
}

function editorKilobytes({ asked }: Visit): number {
  return rounded(
    asked
      .filter((one) => isScript(one) && one.body.includes(EDITOR))
      .reduce((sum, one) => sum + gzipped(one), 0),
  );
}

const isScript = ({ type, mediaType }: Asked): boolean => type === 'Script' || /javascript/.test(mediaType);
/** What was sent when it was sent compressed; what gzip would make of it otherwise, as when the service worker had it. */
const gzipped = ({ encoding, bytes, body }: Asked): number =>
  encoding === 'gzip' && bytes > 0 ? bytes : gzipSync(body).length;
const rounded = (bytes: number): number => Math.round(bytes / 100) / 10;

/**
 * The longest chain of requests that had to wait for each other until the page was complete. A request waits for what
 * named it: the document for its parser, the style sheet for its fonts, the script whose code asked for it. And, whatever
 * the initiator says, documents, scripts and data that began only after another had ended are taken to have waited for it.
 */
function depthOf({ asked, completeAt }: Visit): number {
  const known = asked.filter(({ startedAt }) => startedAt <= completeAt);
  const byAddress = new Map(known.map((one) => [one.url, one]));
  const depths = new Map<Asked, number>();
  const depth = (one: Asked): number => {
    const found = depths.get(one);
    if (found !== undefined) return found;
    depths.set(one, 1);
    const named = one.namedBy.flatMap((url) => {
      const by = byAddress.get(url);
      return by === undefined || by === one || by.startedAt > one.startedAt ? [] : [by];
    });
    const waited = isCode(one)
      ? known.filter((other) => other !== one && isCode(other) && other.endedAt <= one.startedAt)
      : [];
    const deepest = 1 + Math.max(0, ...[...named, ...waited].map(depth));
    depths.set(one, deepest);
    return deepest;
  };
  return Math.max(...known.map(depth));
}

const isCode = ({ type }: Asked): boolean => ['Document', 'Script', 'Fetch', 'XHR'].includes(type);

function tell(log: (line: string) => void, visit: Visit): void {
  const { asked, completeAt } = visit;
  for (const one of asked) {
    const path = new URL(one.url).pathname;
    log(
      `  ${one.startedAt.toFixed(0).padStart(5)}–${one.endedAt.toFixed(0).padStart(5)} ms ${one.type.padEnd(10)} ${(one.bytes / 1000).toFixed(1).padStart(6)} kB  ${path}`,
    );
  }
  log(`  complete after ${completeAt.toFixed(0)} ms`);
}

/** Runs in the page: notes when the first row lies on top to be clicked, and a key has moved on to the next. */
const WHEN_WORKABLE = `(() => {
  const rows = () => [...document.querySelectorAll('#content li[data-current]')];
  const current = () => rows().findIndex((row) => row.dataset.current === 'true');
  const look = () => {
    const [first] = rows();
    const box = first?.getBoundingClientRect();
    const hit = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!hit || !first.contains(hit)) return requestAnimationFrame(look);
    const before = current();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    requestAnimationFrame(() => {
      if (current() === before) return requestAnimationFrame(look);
      globalThis.interactiveAt = performance.now();
    });
  };
  addEventListener('DOMContentLoaded', () => requestAnimationFrame(look));
})()`;

/** Opens the inbox as on a morning: nothing in the browser's store, until the first row can be clicked and a key moves on. */
async function inboxRound(browser: Browser, office: Office): Promise<number> {
  const page = await browser.page(office.base, { email: office.officer, password: PASSWORD });
  try {
    await page.addInitScript({ content: WHEN_WORKABLE });
    await page.goto('/inbox', { waitUntil: 'commit' });
    // A function, not a text: the page's policy lets no text be evaluated.
    const at = await page.waitForFunction(
      () => (globalThis as unknown as { interactiveAt?: number }).interactiveAt,
      null,
      { timeout: 60_000 },
    );
    return (await at.jsonValue()) as number;
  } finally {
    await page.context().close();
  }
}

/** The check for the editor means something only while the editor has that word. @throws Error otherwise */
async function requireEditorIsRecognised(): Promise<void> {
  const files = (await readdir(DIST)).filter((name) => name.endsWith('.js'));
  for (const file of files) if ((await readFile(join(DIST, file), 'utf8')).includes(EDITOR)) return;
  throw new Error(`no file of web/dist has the word ${EDITOR}: the editor would not be recognised`);
}
