import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DomainError } from '../../../src/domain/errors.ts';
import { judgeQuality, type QualityRules } from '../../../src/domain/quality.ts';
import { diskFiles } from '../../../src/gateways/files/diskFiles.ts';
import type { Files } from '../../../src/gateways/files/files.ts';
import { pdfWorker } from '../../../src/gateways/pdf/pdfWorker.ts';
import { type QualityGate, qualityGate } from '../../../src/gateways/quality/qualityGate.ts';
import type { ExamineJob } from '../../../src/gateways/quality/worker.ts';
import { loadQualityRules } from '../../../src/procedures/qualityRules.ts';
import { LABELLED_UPLOADS, type LabelledUpload } from './labelledUploads.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PLANS = new Set(['architecturalPlan', 'boundaryPlan', 'dimensionedPlan']);
const ACCEPTED = (piece: string): string[] =>
  PLANS.has(piece)
    ? ['application/pdf', 'image/vnd.dxf', 'image/tiff']
    : ['application/pdf', 'image/jpeg', 'image/png'];
/** A file that no reader opens is called by one word, whichever of its faults is met first. */
const UNOPENABLE = new Set(['broken', 'noPages']);

describe('quality gate', () => {
  let directory: string;
  let files: Files;
  let gate: QualityGate;
  let rules: QualityRules;
  const faults: unknown[] = [];
  const worker = () =>
    pdfWorker<ExamineJob>({
      entry: new URL('../../../src/gateways/quality/worker.mjs', import.meta.url),
      limitMs: 30_000,
      memoryMb: 512,
    });

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'shubbak-quality-'));
    files = diskFiles(directory);
    gate = qualityGate(files, worker(), (error) => faults.push(error));
    rules = await loadQualityRules(join(ROOT, 'reference', 'quality'));
  });

  after(async () => {
    await gate.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What the product says of an upload, in the words of the labels. */
  async function verdict({ piece, make }: LabelledUpload): Promise<string[]> {
    try {
      const file = await files.put(Readable.from([await make()]));
      if (!ACCEPTED(piece).includes(file.mediaType)) return ['type'];
      const measures = await gate.examine(file);
      if (measures === null) return ['unexamined'];
      if (typeof measures === 'string') return [UNOPENABLE.has(measures) ? 'unopenable' : measures];
      const { findings } = judgeQuality(measures, { code: piece, plan: PLANS.has(piece) }, rules);
      return [...new Set(findings.map(({ rule }) => rule))];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [error.code === 'UNSUPPORTED_FILE_TYPE' ? 'type' : String(error.details.reason)];
    }
  }

  it('finds in sixty labelled uploads what a careful clerk would, and little else', async function () {
    this.timeout(300_000);
    // given
    expect(LABELLED_UPLOADS).to.have.length(60);
    const score = new Map<string, { right: number; wrong: number; missed: number }>();
    const of = (rule: string) => {
      const found = score.get(rule) ?? { right: 0, wrong: 0, missed: 0 };
      score.set(rule, found);
      return found;
    };
    const differences: string[] = [];

    // when
    for (const upload of LABELLED_UPLOADS) {
      const said = await verdict(upload);
      for (const rule of said) of(rule)[upload.labels.includes(rule) ? 'right' : 'wrong'] += 1;
      for (const rule of upload.labels) if (!said.includes(rule)) of(rule).missed += 1;
      if ([...said].sort().join() !== [...upload.labels].sort().join()) {
        differences.push(`${upload.piece}, ${upload.name}: wanted [${upload.labels}], said [${said}]`);
      }
    }

    // then
    const rows = [...score]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([rule, counts]) => ({ rule, ...rates(counts) }));
    const all = rates(
      [...score.values()].reduce(
        (sum, one) => ({
          right: sum.right + one.right,
          wrong: sum.wrong + one.wrong,
          missed: sum.missed + one.missed,
        }),
        { right: 0, wrong: 0, missed: 0 },
      ),
    );
    process.stdout.write(
      `${table([...rows, { rule: 'all', ...all }])}\n${differences.map((one) => `      ${one}\n`).join('')}`,
    );
    const told = differences.join('\n');
    expect(all.precision, told).to.be.at.least(0.9);
    expect(all.recall, told).to.be.at.least(0.9);
    for (const { rule, recall, precision } of rows) {
      expect(recall, `${rule}\n${told}`).to.be.at.least(0.6);
      expect(precision, `${rule}\n${told}`).to.be.at.least(0.6);
    }
    expect(faults).to.deep.equal([]);
  });

  it('says nothing of a file that keeps its reader too long, and takes the next one', async () => {
    // given a thread that answers nothing
    const hung = pdfWorker<ExamineJob>({
      entry: new URL('../support/hangingThread.mjs', import.meta.url),
      limitMs: 200,
    });
    const logged: unknown[] = [];
    const slow = qualityGate({ read: async () => Buffer.from('%PDF-1.7') }, hung, (error) =>
      logged.push(error),
    );

    // when
    const found = await slow.examine({ sha256: 'a'.repeat(64), size: 8, mediaType: 'application/pdf' });

    // then
    expect(found).to.equal(null);
    expect(logged).to.have.length(1);
    await slow.close();
  });

  it('does not read a file larger than its means', async () => {
    const large = { sha256: 'a'.repeat(64), size: 60_000_000, mediaType: 'application/pdf' } as const;
    const never = qualityGate(
      { read: () => Promise.reject(new Error('it was read')) },
      worker(),
      () => undefined,
    );
    expect(await never.examine(large)).to.equal(null);
  });
});

function rates({ right, wrong, missed }: { right: number; wrong: number; missed: number }) {
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = right + missed === 0 ? 1 : right / (right + missed);
  return { right, wrong, missed, precision, recall };
}

function table(rows: ({ rule: string } & ReturnType<typeof rates>)[]): string {
  const lines = rows.map(
    ({ rule, right, wrong, missed, precision, recall }) =>
      `      ${rule.padEnd(14)} right ${right}, wrong ${wrong}, missed ${missed}: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`,
  );
  return lines.join('\n');
}
