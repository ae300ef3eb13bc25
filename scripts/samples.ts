import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type SampleName, type SamplePaper, samplePapers } from '../src/gateways/samples/samplePapers.ts';

/** A sample on disk. */
export interface Sample {
  path: string;
  mediaType: SamplePaper['mediaType'];
  sha256: string;
}

/**
 * Writes the papers of one demonstration dossier to a folder; the same `variant` gives the same bytes, another gives
 * another dwelling. Every paper is marked SPECIMEN.
 */
export async function makeSamples(
  directory: string,
  options: { variant?: number } = {},
): Promise<Record<SampleName, Sample>> {
  await mkdir(directory, { recursive: true });
  const samples: Partial<Record<SampleName, Sample>> = {};
  const papers = await samplePapers(options.variant ?? 1);
  for (const [name, { fileName, mediaType, bytes }] of Object.entries(papers)) {
    const path = join(directory, fileName);
    await writeFile(path, bytes);
    samples[name as SampleName] = {
      path,
      mediaType,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  }
  return samples as Record<SampleName, Sample>;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [directory, variant = '1'] = process.argv.slice(2);
  if (directory === undefined || !/^\d{1,6}$/.test(variant)) {
    process.stderr.write('node --import tsx scripts/samples.ts <folder> [variant]\n');
    process.exitCode = 2;
  } else {
    process.stdout.write(
      `${JSON.stringify(await makeSamples(directory, { variant: Number(variant) }), null, 2)}\n`,
    );
  }
}
