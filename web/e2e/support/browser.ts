import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { PASSWORD } from '../../../scripts/demo/people.ts';

export type Language = 'ar' | 'fr' | 'en';
/** Both, or those that `E2E_LANGUAGES` names. */
export const LANGUAGES = (['ar', 'fr'] as const).filter(
  (one) => process.env.E2E_LANGUAGES?.split(',').includes(one) ?? true,
);

export const SHOTS = fileURLToPath(new URL('../screenshots/', import.meta.url));

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Promise<Browser> | null = null;

function open(): Promise<Browser> {
  if (CHROMIUM === undefined)
    throw new Error('browser stories need Debian’s chromium: apt-get install chromium');
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return browser;
}

export interface Visit {
  /** Address of the server. */
  base: string;
  language?: Language;
  /** Whose browser it is, by e-mail; nobody's otherwise. All accounts of the test office share one password. */
  as?: string;
  password?: string;
  scheme?: 'light' | 'dark';
  /** Lets the service worker in, which other stories leave out. */
  worker?: boolean;
  width?: number;
  height?: number;
}

/** A page in a browser profile of its own; what the page throws, or its content policy refuses, fails the story. */
export async function visit({
  base,
  language = 'fr',
  as,
  password = PASSWORD,
  scheme = 'light',
  width = 1366,
  height = 900,
  worker = false,
}: Visit): Promise<Page> {
  const context = await (await open()).newContext({
    baseURL: base,
    locale: { ar: 'ar-MA', fr: 'fr-FR', en: 'en-GB' }[language],
    timezoneId: 'Africa/Casablanca',
    colorScheme: scheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    serviceWorkers: worker ? 'allow' : 'block',
  });
  context.setDefaultTimeout(15_000);
  await context.addInitScript(`try { localStorage.setItem('shubbak.language', '${language}'); } catch {}`);
  if (as !== undefined) await signIn(context, as, password);
  const page = await context.newPage();
  watchRequests(page);
  const faults: string[] = [];
  faultsOf.set(page, faults);
  page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      /Content Security Policy|Minified React error|hydrat/i.test(message.text())
    )
      faults.push(message.text());
  });
  return page;
}

/** Signs a browser in without the pages, as quickly as it goes. */
export async function signIn(context: BrowserContext, email: string, password = PASSWORD): Promise<void> {
  const answer = await context.request.post('/api/v1/sessions', {
    data: { email, password, keep: 'cookie' },
  });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
  await context.addInitScript(`try { localStorage.setItem('shubbak.signed-in', '1'); } catch {}`);
}

const pending = new WeakMap<Page, Set<Request>>();

/** Counts what a page waits for; the stream that follows changes stays open for good and is no loading. */
function watchRequests(page: Page): void {
  const waiting = new Set<Request>();
  pending.set(page, waiting);
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.endsWith('/api/v1/stream')) waiting.add(request);
  });
  const forget = (request: Request) => waiting.delete(request);
  page.on('requestfinished', forget);
  page.on('requestfailed', forget);
}

/** Waits until the page has asked for nothing for a fifth of a second; gives up after ten. */
export async function quiet(page: Page): Promise<void> {
  const until = Date.now() + 10_000;
  let since = Date.now();
  while (Date.now() < until && Date.now() - since < 200) {
    if ((pending.get(page)?.size ?? 0) > 0) since = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const faultsOf = new WeakMap<Page, string[]>();

/** Closes a visit and fails when the page had thrown or broken its policy. */
export async function leave(page: Page): Promise<void> {
  const faults = faultsOf.get(page) ?? [];
  await page.context().close();
  if (faults.length > 0) throw new Error(`the page complained:\n${faults.join('\n')}`);
}

/** What a failed story last saw, under `web/e2e/screenshots/` (out of git) when `SHOTS=1`; what it left open is closed. */
afterEach(async function () {
  const contexts = (await browser)?.contexts() ?? [];
  const failed = this.currentTest?.state === 'failed';
  for (const [index, page] of contexts.flatMap((context) => context.pages()).entries()) {
    const name = `failed-${this.currentTest?.fullTitle().replaceAll(/[^\p{L}\d]+/gu, '-')}-${index}`;
    if (failed && process.env.SHOTS === '1') await page.screenshot({ path: `${SHOTS}${name}.png` });
  }
  if (failed) for (const context of contexts) await context.close();
});

after(async () => {
  await (await browser)?.close();
  browser = null;
});
