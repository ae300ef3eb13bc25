import { expect } from 'chai';
import { type PdfWorker, pdfWorker } from '../../../src/gateways/pdf/pdfWorker.ts';

const entry = new URL('../support/hangingThread.mjs', import.meta.url);
const outcome = (worker: PdfWorker, data: string): Promise<string> =>
  worker.run({ kind: 'render', template: 'any', data, qr: null }).then(
    (bytes) => bytes.toString(),
    (error: Error) => error.message,
  );

describe('pdfWorker', () => {
  let worker: PdfWorker;
  afterEach(() => worker.close());

  it('answers jobs in the order they came', async () => {
    // given
    worker = pdfWorker({ entry });
    // when
    const answers = await Promise.all(['one', 'two', 'three'].map((data) => outcome(worker, data)));
    // then
    expect(answers).to.deep.equal(['one', 'two', 'three']);
  });

  it('ends a job that hangs and goes on with the next', async () => {
    // given
    worker = pdfWorker({ entry, limitMs: 500 });
    // when
    const answers = await Promise.all(['hang', 'next'].map((data) => outcome(worker, data)));
    // then
    expect(answers).to.deep.equal(['A PDF job took longer than 0.5 seconds.', 'next']);
  });

  it('starts anew after a crash', async () => {
    // given
    worker = pdfWorker({ entry });
    // when
    const answers = await Promise.all(
      ['crash', 'next', 'throw', 'last'].map((data) => outcome(worker, data)),
    );
    // then
    expect(answers).to.deep.equal([
      'The PDF worker ended unexpectedly.',
      'next',
      'The PDF worker crashed: out of hand',
      'last',
    ]);
  });

  it('refuses what waits when it is closed, and whatever comes after', async () => {
    // given
    worker = pdfWorker({ entry });
    const waiting = ['hang', 'next'].map((data) => outcome(worker, data));
    // when
    await worker.close();
    // then
    const closed = 'The PDF worker is closed.';
    expect(await Promise.all([...waiting, outcome(worker, 'late')])).to.deep.equal([closed, closed, closed]);
  });
});
