import { currentLanguage } from '../app/language.ts';
import { Offline, refusalOf } from './problem.ts';

/**
 * Who is signed in, as the browser knows it: the access token lives in memory, the refresh token in a cookie that no
 * script reads. A person who was signed in and no longer is stays on the page, with all that was typed (`expired`).
 */
export type SessionState = 'unknown' | 'anonymous' | 'signedIn' | 'expired';

declare global {
  /** The request for a first token, under way since before the code was there. */
  var shubbakRenewal: Promise<Response> | undefined;
}

const ROOT = '/api/v1';
/** Before this much of an access token's life is left, a new one is asked for. */
const MARGIN_MS = 30_000;
/** Tells other visits of this browser whether asking for a token is worth a request. */
const MARK = 'shubbak.signed-in';

let state: SessionState = 'unknown';
let token = '';
let validUntil = 0;
let renewing: Promise<void> | null = null;
const listeners = new Set<() => void>();
/** Other tabs hear when one signs in or out. */
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('shubbak.session') : null;
channel?.addEventListener('message', ({ data }) => {
  if (data === 'out') change('anonymous');
  if (data === 'in' && state !== 'signedIn') void renew().catch(() => undefined);
});

function change(next: SessionState): void {
  if (next !== 'signedIn') {
    token = '';
    validUntil = 0;
  }
  state = next;
  for (const listener of listeners) listener();
}

function mark(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(MARK, '1');
    else localStorage.removeItem(MARK);
  } catch {
    // Without storage every visit asks once.
  }
}
function isMarked(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return true;
  }
}

export const session = {
  get: (): SessionState => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Finds out, once a visit, whether this browser is still signed in. */
  async resume(): Promise<SessionState> {
    if (state !== 'unknown') return state;
    if (!isMarked()) change('anonymous');
    else await renew().catch(() => undefined);
    if (state === 'unknown' || state === 'expired') change('anonymous');
    return state;
  },

  /** Signs in. @throws Refusal INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS; Offline */
  async signIn(email: string, password: string): Promise<void> {
    await obtain('/sessions', { email, password, keep: 'cookie' });
    mark(true);
    channel?.postMessage('in');
  },

  /** Signs out everywhere in this browser. */
  async signOut(): Promise<void> {
    mark(false);
    await call('/sessions/current', 'DELETE', {}).catch(() => undefined);
    change('anonymous');
    channel?.postMessage('out');
  },

  /** A token that is good for some time; null for nobody. */
  async token(): Promise<string | null> {
    if (state === 'unknown') await session.resume();
    if (state !== 'signedIn') return null;
    if (Date.now() > validUntil - MARGIN_MS) await renew().catch(() => undefined);
    return token === '' ? null : token;
  },

  /** Tells that the server no longer takes the token; a new one is tried once. Answers whether there is one. */
  async refused(): Promise<boolean> {
    validUntil = 0;
    await renew().catch(() => undefined);
    return session.get() === 'signedIn';
  },
};

/** One tab renews at a time: a refresh token that is used twice ends the whole sign-in. */
function renew(): Promise<void> {
  renewing ??= (takeFirst() ?? locked(() => obtain('/sessions/refresh', {})))
    .catch((error: unknown) => {
      if (!(error instanceof Offline)) {
        mark(false);
        change(state === 'signedIn' || state === 'expired' ? 'expired' : 'anonymous');
      }
      throw error;
    })
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

/** The answer that `boot.js` asked for while the code was on its way; once. */
function takeFirst(): Promise<void> | null {
  const asked = globalThis.shubbakRenewal;
  if (asked === undefined) return null;
  globalThis.shubbakRenewal = undefined;
  return asked.then(keep, (cause: unknown) => {
    throw new Offline(cause);
  });
}

function locked<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request('shubbak.session', work) as Promise<T>) : work();
}

async function obtain(path: string, body: object): Promise<void> {
  await keep(await call(path, 'POST', body));
}

async function keep(response: Response): Promise<void> {
  if (!response.ok) throw await refusalOf(response);
  const answer = (await response.json()) as { accessToken: string; expiresIn: number };
  token = answer.accessToken;
  validUntil = Date.now() + answer.expiresIn * 1000;
  mark(true);
  change('signedIn');
}

async function call(path: string, method: string, body: object): Promise<Response> {
  try {
    return await fetch(ROOT + path, {
      method,
      headers: { 'content-type': 'application/json', 'accept-language': currentLanguage() },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      // A token that is changed for a new one is used up: the answer is kept even if the page is left before it comes.
      keepalive: true,
    });
  } catch (cause) {
    throw new Offline(cause);
  }
}
