import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

/** One request of a visit; times are milliseconds since the visit began. */
export interface Asked {
  url: string;
  type: string;
  mediaType: string;
  encoding: string;
  /** Body as sent. */
  bytes: number;
  /** Body as read. */
  body: Buffer;
  startedAt: number;
  endedAt: number;
  /** Addresses of what asked for it. */
  namedBy: string[];
}

/** A first visit to one page, in an empty browser profile. */
export interface Visit {
  asked: Asked[];
  /** When all that the page shows was there. */
  completeAt: number;
}

export interface Person {
  email: string;
  password: string;
}

/** Debian's Chromium. */
export interface Browser {
  /** A page in a profile of its own, signed in when somebody is named. */
  page(base: string, as?: Person): Promise<Page>;
  close(): Promise<void>;
}

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
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

/** Starts the browser. @throws Error when there is none */
export async function openBrowser(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('this benchmark needs Debian’s chromium');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    async page(base, as) {
      const context = await browser.newContext({
        baseURL: base,
        locale: 'fr-FR',
        viewport: { width: 1366, height: 768 },
      });
      if (as !== undefined) {
        const answer = await context.request.post('/api/v1/sessions', { data: { ...as, keep: 'cookie' } });
        if (!answer.ok()) throw new Error(`${as.email} could not sign in: ${answer.status()}`);
        await context.addInitScript("try { localStorage.setItem('shubbak.signed-in', '1'); } catch {}");
      }
      return context.newPage();
    },
    close: () => browser.close(),
  };
}

/** Visits a page for the first time, over a line of some latency, and tells all that it loaded until nothing more came. */
export async function watch(
  browser: Browser,
  base: string,
  path: string,
  options: { ready: string; as?: Person; latencyMs?: number },
): Promise<Visit> {
  const page = await browser.page(base, options.as);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: options.latencyMs ?? 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  const asked = new Map<string, Omit<Asked, 'bytes' | 'body' | 'encoding'> & { begun: number }>();
  let first = 0;
  protocol.on('Network.requestWillBeSent', ({ requestId, request, type, timestamp, initiator }) => {
    first ||= timestamp;
    const frames = initiator.stack?.callFrames.map(({ url }) => url) ?? [];
    for (let above = initiator.stack?.parent; above !== undefined; above = above.parent)
      frames.push(...above.callFrames.map(({ url }) => url));
    asked.set(requestId, {
      url: request.url,
      type: type ?? 'Other',
      mediaType: '',
      startedAt: (timestamp - first) * 1000,
      endedAt: Number.POSITIVE_INFINITY,
      begun: timestamp,
      namedBy: [...new Set([initiator.url ?? '', ...frames].filter((url) => url !== ''))],
    });
  });
  protocol.on('Network.loadingFinished', ({ requestId, timestamp }) => {
    const one = asked.get(requestId);
    if (one !== undefined) one.endedAt = (timestamp - first) * 1000;
  });
  const sent = new Map<string, { encoding: string; bytes: number; body: Buffer; mediaType: string }>();
  const reading: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    reading.push(
      (async () => {
        const response = await request.response();
        if (response === null) return;
        const headers = await response.allHeaders();
        const { responseBodySize } = await request.sizes();
        sent.set(request.url(), {
          encoding: headers['content-encoding'] ?? '',
          mediaType: headers['content-type'] ?? '',
          bytes: responseBodySize,
          body: await response.body().catch(() => Buffer.alloc(0)),
        });
      })(),
    );
  });
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForSelector(options.ready);
  // What the page asked for itself must be there: lists, not only their frame.
  await page.locator('#content [role="status"][aria-label]').first().waitFor({ state: 'detached' });
  const completeAt = Math.max(
    ...[...asked.values()].filter(({ endedAt }) => Number.isFinite(endedAt)).map(({ endedAt }) => endedAt),
  );
  // A page that follows changes keeps a line open: quiet is then a second without news.
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
  await Promise.all(reading);
  const worker = await workerOf(page);
  if (worker !== null) {
    asked.set('worker', {
      url: `${base}/sw.js`,
      type: 'Script',
      mediaType: 'text/javascript',
      startedAt: Number.POSITIVE_INFINITY,
      endedAt: Number.POSITIVE_INFINITY,
      begun: Number.POSITIVE_INFINITY,
      namedBy: [],
    });
    sent.set(`${base}/sw.js`, {
      encoding: '',
      mediaType: 'text/javascript',
      bytes: worker.length,
      body: worker,
    });
  }
  await page.context().close();
  return {
    completeAt,
    asked: [...asked.values()]
      .filter(({ url }) => url.startsWith(base))
      .map(({ begun: _, ...one }) => ({
        ...one,
        ...(sent.get(one.url) ?? { encoding: '', mediaType: '', bytes: 0, body: Buffer.alloc(0) }),
      })),
  };
}

/** The service worker's script, which its own thread loads unseen; null where the page has none. */
async function workerOf(page: Page): Promise<Buffer | null> {
  const registered = await page.evaluate(
    `Promise.race([
      navigator.serviceWorker.ready.then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 5000)),
    ])`,
  );
  return registered === true ? (await page.context().request.get('/sw.js')).body() : null;
}
