import { answer, api, onceKey, type Schema } from '../api/client.ts';
import { Offline, Refusal, refusalOf } from '../api/problem.ts';
import { session } from '../api/session.ts';
import { currentLanguage } from '../app/language.ts';
import { fingerprintOf } from './fingerprint.ts';

type Document = Schema<'Document'>;

/** Where a sending stands. `waiting`: the network or the server is away; it goes on by itself. */
export type Phase = 'reading' | 'sending' | 'waiting' | 'checking';

export interface Sent {
  phase: Phase;
  /** Bytes that are at the office. */
  sent: number;
}

/** Parts this large: a slow line sends one well inside the server's patience, and loses no more when it breaks. */
const PART = 4 * 1024 * 1024;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Sends a file for a piece and answers the document it became. A lost connection, a reload or a closed page loses nothing that
 * has arrived: the same file, chosen again, goes on.
 * @throws Refusal when the server will not have it; AbortError when `signal` is given up
 */
export async function sendFile(
  { dossier, piece, file, name }: { dossier: string; piece: string; file: File; name: string },
  tell: (sent: Sent) => void,
  signal: AbortSignal,
): Promise<Document> {
  let sent = 0;
  const now = (phase: Phase, bytes = sent): void => {
    sent = bytes;
    tell({ phase, sent });
  };
  now('reading');
  const [fingerprint, { Upload: TusUpload, DetailedError }] = await Promise.all([
    fingerprintOf(file),
    import('tus-js-client'),
  ]);
  const key = onceKey();
  const upload = await patiently(
    () =>
      answer(
        api.POST('/dossiers/{id}/uploads', {
          params: { path: { id: dossier }, header: { 'Idempotency-Key': key } },
          body: { piece, fileName: name, size: file.size, fingerprint },
        }),
      ),
    () => now('waiting'),
    signal,
  );
  const path = { id: dossier, upload: upload.id };
  now('sending', upload.offset);

  const part = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const tus = new TusUpload(file, {
        uploadUrl: `/api/v1/dossiers/${dossier}/uploads/${upload.id}`,
        chunkSize: PART,
        // Trying again is done here, for as long as it takes.
        retryDelays: null,
        storeFingerprintForResuming: false,
        async onBeforeRequest(request) {
          request.setHeader('accept-language', currentLanguage());
          const token = await session.token();
          if (token !== null) request.setHeader('authorization', `Bearer ${token}`);
        },
        onProgress: (bytes) => now('sending', bytes),
        onSuccess: () => resolve(),
        onError: (error) => {
          signal.removeEventListener('abort', stop);
          const response = error instanceof DetailedError ? error.originalResponse : null;
          // A proxy in between that cannot reach the server answers for it.
          if (response === null || response === undefined) return reject(new Offline(error));
          refusalOf(new Response(response.getBody(), { status: response.getStatus() })).then(reject, reject);
        },
      });
      const stop = (): void => {
        void tus.abort(false);
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
      tus.start();
    });
  await patiently(part, () => now('waiting'), signal);

  now('checking', file.size);
  try {
    return await patiently(
      () =>
        answer(
          api.POST('/dossiers/{id}/uploads/{upload}/document', {
            params: { path, header: { 'Idempotency-Key': `finish-${upload.id}` } },
          }),
        ),
      () => now('waiting'),
      signal,
    );
  } catch (error) {
    // What was refused once will be refused again: it need not be offered to be gone on with.
    if (error instanceof Refusal) await giveUp(path);
    throw error;
  }
}

/** Forgets what has come of an upload. */
export async function giveUp(path: { id: string; upload: string }): Promise<void> {
  await api.DELETE('/dossiers/{id}/uploads/{upload}', { params: { path } }).catch(() => undefined);
}

/** Repeats what the network or the server's state hinders, until it is done, refused or given up. */
async function patiently<T>(work: () => Promise<T>, waiting: () => void, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(await mayHelp(error))) throw error;
      waiting();
      await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** tries), signal);
    }
  }
}

async function mayHelp(error: unknown): Promise<boolean> {
  if (error instanceof Offline) return true;
  if (!(error instanceof Refusal)) return false;
  // Signed out in the middle: the person signs in again on top of this page, and the sending goes on.
  if (error.status === 401) {
    await session.refused();
    return true;
  }
  return (
    error.status >= 500 ||
    ['UPLOAD_OFFSET_DIFFERS', 'REQUEST_IN_PROGRESS', 'MALFORMED_REQUEST'].includes(error.code)
  );
}

/** Waits, or less when the network comes back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
