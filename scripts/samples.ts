import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { architecturalPlan } from './samples/architecturalPlan.ts';
import { boundaryPlan } from './samples/boundaryPlan.ts';
import { floorArea, houseOf } from './samples/house.ts';
import { specimenLetter } from './samples/letters.ts';
import { situationPlan } from './samples/situationPlan.ts';

/** A sample on disk. */
export interface Sample {
  path: string;
  mediaType: 'application/pdf' | 'image/png' | 'image/vnd.dxf';
  sha256: string;
}

/** The papers of one small dwelling. */
export const SAMPLE_NAMES = [
  'architecturalPlan',
  'situationPlan',
  'boundaryPlan',
  'ownershipCertificate',
  'identityCopy',
  'signedRequest',
  'architectContract',
] as const;
export type SampleName = (typeof SAMPLE_NAMES)[number];

async function contentsOf(
  variant: number,
): Promise<Record<SampleName, [string, Sample['mediaType'], Uint8Array]>> {
  const house = houseOf(variant);
  const letter = (title: string, ...lines: string[]): Promise<Uint8Array> =>
    specimenLetter(title, [...lines, `Terrain : ${house.title}, ${house.lot}`]);
  const area = `${floorArea(house).toFixed(2)} m²`;
  return {
    architecturalPlan: ['plan-architectural.pdf', 'application/pdf', await architecturalPlan(house)],
    situationPlan: ['plan-de-situation.png', 'image/png', situationPlan(house)],
    boundaryPlan: ['plan-de-bornage.dxf', 'image/vnd.dxf', Buffer.from(boundaryPlan(house), 'latin1')],
    ownershipCertificate: [
      'certificat-de-propriete.pdf',
      'application/pdf',
      await letter('Certificat de propriété', 'Propriétaire : SPECIMEN'),
    ],
    identityCopy: [
      'copie-cin.pdf',
      'application/pdf',
      await letter("Carte nationale d'identité (copie)", 'Nom : SPECIMEN', 'Numéro : XX000000'),
    ],
    signedRequest: [
      'demande-signee.pdf',
      'application/pdf',
      await letter(
        'Demande de permis de construire',
        `Habitation individuelle R+${house.storeys}, emprise ${area}`,
      ),
    ],
    architectContract: [
      'contrat-architecte.pdf',
      'application/pdf',
      await letter("Contrat d'architecte", "Mission : conception et suivi jusqu'au permis d'habiter"),
    ],
  };
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
  for (const [name, [fileName, mediaType, bytes]] of Object.entries(await contentsOf(options.variant ?? 1))) {
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
