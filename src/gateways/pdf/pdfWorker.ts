import { Worker } from 'node:worker_threads';
import { UnusablePdf } from './preparePdf.ts';
import type { PdfAnswer, PdfJob } from './worker.ts';

/** Runs slow PDF work off the event loop, one job at a time, in a thread that stays warm. */
export interface PdfWorker<Job = PdfJob> {
  /** @throws UnusablePdf when a document cannot be signed; Error when the job fails or takes longer than the limit. */
  run(job: Job): Promise<Buffer>;
  /** Starts the thread before the first job, which then need not wait for it. */
  warm(): void;
  /** Ends the thread; jobs at work and later ones are refused. */
  close(): Promise<void>;
}

interface Waiting<Job> {
  job: Job;
  resolve: (bytes: Buffer) => void;
  reject: (error: Error) => void;
}

const LIMIT_MS = 30_000;

/** Opens the worker; the thread starts with the first job, unless warmed before, and is started anew after a crash or a job that hung. */
export function pdfWorker<Job = PdfJob>(
  options: { limitMs?: number; entry?: URL; memoryMb?: number } = {},
): PdfWorker<Job> {
  const limit = options.limitMs ?? LIMIT_MS;
  const entry = options.entry ?? new URL('./worker.mjs', import.meta.url);
  const queue: Waiting<Job>[] = [];
  let thread: Worker | null = null;
  let current: (Waiting<Job> & { id: number; timer: NodeJS.Timeout }) | null = null;
  let count = 0;
  let closed = false;

  function finish(settle: (waiting: Waiting<Job>) => void): void {
    if (current === null) return;
    const done = current;
    current = null;
    clearTimeout(done.timer);
    thread?.unref();
    settle(done);
    next();
  }

  function abandon(message: string): void {
    const failed = thread;
    thread = null;
    if (failed !== null) {
      failed.removeAllListeners();
      // A thread being ended may still report an error; it has been dealt with here.
      failed.on('error', () => undefined);
      void failed.terminate();
    }
    finish((waiting) => waiting.reject(new Error(message)));
  }

  function start(): Worker {
    const started = new Worker(entry, {
      execArgv: [],
      ...(options.memoryMb === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: options.memoryMb } }),
    });
    started.on('message', (answer: PdfAnswer) => {
      if (answer.id !== current?.id) return;
      finish((waiting) => {
        if ('bytes' in answer)
          waiting.resolve(Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.length));
        else
          waiting.reject('unusable' in answer ? new UnusablePdf(answer.unusable) : new Error(answer.fault));
      });
    });
    started.on('error', (error) => abandon(`The PDF worker crashed: ${error.message}`));
    started.on('exit', () => abandon('The PDF worker ended unexpectedly.'));
    return started;
  }

  function next(): void {
    if (current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    thread ??= start();
    // Referenced only while a job runs, so that an idle worker never keeps a process alive.
    thread.ref();
    count += 1;
    const timer = setTimeout(() => abandon(`A PDF job took longer than ${limit / 1000} seconds.`), limit);
    current = { ...waiting, id: count, timer };
    thread.postMessage({ id: count, job: waiting.job });
  }

  return {
    run(job) {
      if (closed) return Promise.reject(new Error('The PDF worker is closed.'));
      return new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        next();
      });
    },

    warm() {
      if (closed || thread !== null) return;
      thread = start();
      thread.unref();
    },

    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(new Error('The PDF worker is closed.'));
      abandon('The PDF worker is closed.');
    },
  };
}
