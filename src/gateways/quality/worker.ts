import { parentPort } from 'node:worker_threads';
import type { AcceptedType } from '../files/files.ts';
import { examine } from './examine.ts';

/** What the thread is asked: to measure the bytes of a file of a known type. */
export interface ExamineJob {
  type: AcceptedType;
  bytes: Uint8Array;
}

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');

port.on('message', async ({ id, job }: { id: number; job: ExamineJob }) => {
  try {
    const found = await examine(
      Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.length),
      job.type,
    );
    port.postMessage({ id, bytes: Buffer.from(JSON.stringify(found)) });
  } catch (error) {
    port.postMessage({ id, fault: (error as Error).message });
  }
});
