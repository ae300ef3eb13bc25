import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '../app/language.ts';
import { confirmation } from './confirmation.ts';
import { codeOf, Offline, refusalOf } from './problem.ts';
import type { components, paths } from './schema.d.ts';
import { session } from './session.ts';

/** Shapes of the API by name, e.g. `Schema<'Dossier'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

const ROOT = '/api/v1';

const speak: Middleware = {
  async onRequest({ request }) {
    request.headers.set('accept-language', currentLanguage());
    const token = await session.token();
    if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
    const given = request.method === 'POST' ? confirmation.held() : null;
    if (given !== null) request.headers.set(confirmation.header, given);
    return request;
  },
};

/** Sends a request that signs once more when the person has given the password again. */
async function patientFetch(request: Request): Promise<Response> {
  // Files are never signed by sending them, and are too large to be kept for a second try.
  if (request.method !== 'POST' || /multipart|octet/.test(request.headers.get('content-type') ?? ''))
    return renewingFetch(request);
  const signed = request.clone();
  const first = await renewingFetch(request);
  if (first.status !== 403 || !/^CONFIRMATION_/.test(await codeOf(first))) return first;
  confirmation.forget();
  const given = await confirmation.ask();
  if (given === null) return first;
  signed.headers.set(confirmation.header, given);
  const token = await session.token();
  if (token !== null) signed.headers.set('authorization', `Bearer ${token}`);
  return renewingFetch(signed);
}

/** Asks again once with a new token when the server no longer takes the one it had; tells an outage from a refusal. */
async function renewingFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const first = await reach(request);
  if (first.status !== 401 || !request.headers.has('authorization')) return first;
  // A wrong password is no reason to look for another token.
  if ((await codeOf(first)) !== 'UNAUTHENTICATED') return first;
  if (!(await session.refused())) return first;
  again.headers.set('authorization', `Bearer ${await session.token()}`);
  return reach(again);
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new Offline(cause);
  }
}

/** The typed client of the API: `api.GET('/dossiers/{id}', { params: { path: { id } } })`. Prefer `answer()` around it. */
export const api = createClient<paths>({
  baseUrl: ROOT,
  fetch: patientFetch,
  querySerializer: { array: { style: 'form', explode: false } },
});
api.use(speak);

/** What came back, or the refusal thrown. @throws Refusal, Offline */
export async function answer<Data>(
  asked: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Data;
  throw await refusalOf(new Response(JSON.stringify(error), { status: response.status }));
}

/** What came back with the version to send in `If-Match`. @throws Refusal, Offline */
export async function answerWithTag<Data>(
  asked: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<{ data: Data; tag: string }> {
  const result = await asked;
  const data = await answer<Data>(Promise.resolve(result));
  return { data, tag: result.response.headers.get('etag') ?? '' };
}

/** A header that makes a request safe to repeat. Make one key for each thing the person wants, not for each try. */
export function onceKey(): string {
  return crypto.randomUUID();
}

/** A request to an address of the API outside the typed client (files, streams), with the same token and language. */
export async function rawFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept-language', currentLanguage());
  const token = await session.token();
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  const response = await patientFetch(new Request(ROOT + path, { ...init, headers }));
  return response;
}

/** A file of the API as an object address for a viewer or a download; revoke it when done. @throws Refusal, Offline */
export async function fetchFile(path: string): Promise<{ blob: Blob; fileName: string }> {
  const response = await rawFetch(path);
  if (!response.ok) throw await refusalOf(response);
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1];
  return {
    blob: await response.blob(),
    fileName: encoded === undefined ? (plain ?? 'file') : decodeURIComponent(encoded),
  };
}

/** Saves a file of the API under its own name. @throws Refusal, Offline */
export async function saveFile(path: string): Promise<void> {
  const { blob, fileName } = await fetchFile(path);
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
