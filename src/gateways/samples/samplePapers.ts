import { architecturalPlan } from './architecturalPlan.ts';
import { boundaryPlan } from './boundaryPlan.ts';
import { floorArea, houseOf } from './house.ts';
import { specimenLetter } from './letters.ts';
import { situationPlan } from './situationPlan.ts';

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

/** One paper: its file name, its type and its bytes. */
export interface SamplePaper {
  fileName: string;
  mediaType: 'application/pdf' | 'image/png' | 'image/vnd.dxf';
  bytes: Uint8Array;
}

/** Draws the papers of one dwelling; the same `variant` gives the same bytes. Every paper is marked SPECIMEN. */
export async function samplePapers(variant: number): Promise<Record<SampleName, SamplePaper>> {
  const house = houseOf(variant);
  const paper = (fileName: string, mediaType: SamplePaper['mediaType'], bytes: Uint8Array): SamplePaper => ({
    fileName,
    mediaType,
    bytes,
  });
  const letter = async (fileName: string, title: string, ...lines: string[]): Promise<SamplePaper> =>
    paper(
      fileName,
      'application/pdf',
      await specimenLetter(title, [...lines, `Terrain : ${house.title}, ${house.lot}`]),
    );
  const area = `${floorArea(house).toFixed(2)} m²`;
  return {
    architecturalPlan: paper('plan-architectural.pdf', 'application/pdf', await architecturalPlan(house)),
    situationPlan: paper('plan-de-situation.png', 'image/png', situationPlan(house)),
    boundaryPlan: paper('plan-de-bornage.dxf', 'image/vnd.dxf', Buffer.from(boundaryPlan(house), 'latin1')),
    ownershipCertificate: await letter(
      'certificat-de-propriete.pdf',
      'Certificat de propriété',
      'Propriétaire : SPECIMEN',
    ),
    identityCopy: await letter(
      'copie-cin.pdf',
      "Carte nationale d'identité (copie)",
      'Nom : SPECIMEN',
      'Numéro : XX000000',
    ),
    signedRequest: await letter(
      'demande-signee.pdf',
      'Demande de permis de construire',
      `Habitation individuelle R+${house.storeys}, emprise ${area}`,
    ),
    architectContract: await letter(
      'contrat-architecte.pdf',
      "Contrat d'architecte",
      "Mission : conception et suivi jusqu'au permis d'habiter",
    ),
  };
}
