import { randomUUID } from 'node:crypto';
import type { Person } from '../../scripts/demo/client.ts';
import type { Filing } from '../../scripts/demo/filing.ts';
import { applicationOf } from '../../scripts/demo/projects.ts';
import type { Office } from './office.ts';

export const TETOUAN = '01.571.01.11';
export const LARACHE = '01.331.01.03';
export const PASSWORD = 'demonstration-shubbak';
export const FAVOURABLE = { value: 'favourable', remarks: [] };
export const COMPLETE = { complete: true, missing: [] };
export const HOUSE = applicationOf({ variant: 70, address: '70, rue des Histoires', at: [-5.4, 35.2] });
export const DRAFT = { procedure: 'building-permit-small', commune: TETOUAN, application: HOUSE };

export interface Reply {
  status: number;
  code: string | undefined;
  // What came back is what is looked into here, whatever its shape.
  body: Record<string, unknown>;
  headers: Headers;
}
export interface Request {
  token?: string;
  body?: unknown;
  raw?: string | FormData;
  key?: string;
  headers?: Record<string, string>;
}

/** Requests as a hostile client makes them: nothing is repeated, nothing is thrown. */
export function hostileClient(office: Office) {
  const tokens = new Map<string, string>();
  async function ask(method: string, path: string, request: Request = {}): Promise<Reply> {
    const { token, body, raw, key = randomUUID() } = request;
    const sent = raw ?? (body === undefined ? null : JSON.stringify(body));
    const headers: Record<string, string> = {
      ...(typeof sent === 'string' ? { 'content-type': 'application/json' } : {}),
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...request.headers,
    };
    const response = await fetch(`${office.base}/api/v1${path}`, { method, headers, body: sent });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : { text };
    return { status: response.status, code: json?.code, body: json, headers: response.headers };
  }
  async function tokenOf(person: Person | string): Promise<string> {
    const email = typeof person === 'string' ? person : person.email;
    const known = tokens.get(email);
    if (known !== undefined) return known;
    const { body } = await ask('POST', '/sessions', { body: { email, password: PASSWORD } });
    tokens.set(email, String(body.accessToken));
    return String(body.accessToken);
  }
  const as = async (person: Person | string, method: string, path: string, request: Request = {}) =>
    ask(method, path, { ...request, token: await tokenOf(person) });
  const upload = (
    person: Person,
    dossier: string,
    piece: string,
    bytes: Uint8Array | string,
    more: Upload = {},
  ) =>
    as(person, 'POST', `/dossiers/${dossier}/documents`, {
      raw: formOf(piece, bytes, more.name ?? 'piece.pdf'),
      ...(more.key === undefined ? {} : { key: more.key }),
    });
  const complete = (person: Person | string, task: string, body: unknown, key: string = randomUUID()) =>
    as(person, 'POST', `/tasks/${task}/completion`, { body, key });
  return { ask, as, tokenOf, upload, complete };
}

export interface Upload {
  name?: string;
  key?: string;
}

export function formOf(piece: string, bytes: Uint8Array | string, name: string): FormData {
  const form = new FormData();
  form.append('piece', piece);
  form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  return form;
}

/** The bytes of a piece of a dossier. */
export async function bytesOf(filing: Filing, piece: string): Promise<Buffer> {
  const { items } = await filing.owner.get<{ items: { id: string; piece: string }[] }>(
    `/dossiers/${filing.id}/documents`,
  );
  const found = items.find((one) => one.piece === piece);
  return filing.owner.download(`/documents/${found?.id}/content`);
}

export const codes = (replies: Reply[]) => replies.map(({ status, code }) => code ?? String(status)).sort();
export const itemsOf = (reply: Reply) => reply.body.items as Record<string, unknown>[];
