import { randomUUID } from 'node:crypto';

/** One acknowledged request that made or completed something: what the server may never lose nor do twice. */
export interface Acknowledged {
  at: string;
  who: string;
  method: string;
  path: string;
  key: string;
  status: number;
  /** Identifier of what was made or completed. */
  id: string | null;
  replayed: boolean;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Thrown when the server refuses, with the problem it gave. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: unknown;

  constructor(method: string, path: string, answer: Answer) {
    const problem = answer.body as { code?: string; detail?: string };
    super(
      `${method} ${path}: ${answer.status} ${problem?.code ?? ''} ${problem?.detail ?? ''} ${JSON.stringify(problem)}`,
    );
    this.status = answer.status;
    this.code = problem?.code ?? '';
    this.problem = answer.body;
  }
}

interface Request {
  body?: unknown;
  form?: () => FormData;
  /** Sends an Idempotency-Key, and the same one again when the connection was lost. */
  once?: boolean;
  headers?: Record<string, string>;
  binary?: boolean;
}

const GIVE_UP_MS = 5 * 60_000;

/** Where the server is; of several nodes, one is chosen at each attempt. */
export type Base = string | (() => string);

/** A person at a browser: signs in, keeps tokens fresh, repeats what got no answer, and remembers what was answered. */
export class Person {
  readonly #base: Base;
  readonly #ledger: Acknowledged[];
  readonly email: string;
  readonly #password: string;
  #access = '';
  #accessUntil = 0;
  #signingIn: Promise<void> | null = null;

  constructor(base: Base, ledger: Acknowledged[], email: string, password: string) {
    this.#base = base;
    this.#ledger = ledger;
    this.email = email;
    this.#password = password;
  }

  get = <T>(path: string): Promise<T> => this.#authorized('GET', path, {}) as Promise<T>;
  post = <T>(path: string, body: unknown = {}): Promise<T> =>
    this.#authorized('POST', path, { body, once: true }) as Promise<T>;
  upload = <T>(path: string, form: () => FormData): Promise<T> =>
    this.#authorized('POST', path, { form, once: true }) as Promise<T>;
  put = <T>(path: string, body: unknown): Promise<T> => this.#authorized('PUT', path, { body }) as Promise<T>;
  download = (path: string): Promise<Buffer> =>
    this.#authorized('GET', path, { binary: true }) as Promise<Buffer>;

  async #authorized(method: string, path: string, request: Request): Promise<unknown> {
    if (Date.now() > this.#accessUntil) {
      // Whoever does several things at once signs in once.
      this.#signingIn ??= this.#signIn().finally(() => {
        this.#signingIn = null;
      });
      await this.#signingIn;
    }
    const headers = { ...request.headers, authorization: `Bearer ${this.#access}` };
    return (await send(this.#base, this.#ledger, this.email, method, path, { ...request, headers })).body;
  }

  async #signIn(): Promise<void> {
    const credentials = { email: this.email, password: this.#password };
    const { body } = await send(this.#base, [], this.email, 'POST', '/sessions', { body: credentials });
    this.#access = (body as { accessToken: string }).accessToken;
    this.#accessUntil = Date.now() + 10 * 60_000;
  }
}

/** Sends one request; while the server is away it is repeated, with the same Idempotency-Key. */
export async function send(
  base: Base,
  ledger: Acknowledged[],
  who: string,
  method: string,
  path: string,
  request: Request = {},
): Promise<Answer> {
  const key = randomUUID();
  const headers: Record<string, string> = { 'accept-language': 'fr', ...request.headers };
  if (request.once) headers['idempotency-key'] = key;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      const body = request.form?.() ?? (request.body === undefined ? null : JSON.stringify(request.body));
      const address = typeof base === 'string' ? base : base();
      const response = await fetch(`${address}/api/v1${path}`, { method, headers, body });
      const answer: Answer = {
        status: response.status,
        headers: response.headers,
        body: await readBody(response, request.binary ?? false),
      };
      if (answer.status === 503 || answer.status === 429)
        throw new Error(`the server answered ${answer.status}`);
      if (!response.ok) throw new Refused(method, path, answer);
      if (request.once) {
        const id = (answer.body as { id?: string } | null)?.id ?? null;
        const replayed = response.headers.has('idempotency-replayed');
        ledger.push({
          at: new Date().toISOString(),
          who,
          method,
          path,
          key,
          status: answer.status,
          id,
          replayed,
        });
      }
      return answer;
    } catch (error) {
      if (error instanceof Refused || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function readBody(response: Response, binary: boolean): Promise<unknown> {
  if (binary && response.ok) return Buffer.from(await response.arrayBuffer());
  const text = await response.text();
  if (text === '') return null;
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}
