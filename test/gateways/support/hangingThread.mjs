// Stands in for the PDF thread: the first word of the data says what to do.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ id, job }) => {
  if (job.data === 'hang') return;
  if (job.data === 'crash') process.exit(1);
  if (job.data === 'throw') throw new Error('out of hand');
  parentPort.postMessage({ id, bytes: Buffer.from(job.data) });
});
