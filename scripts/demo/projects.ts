import { join } from 'node:path';
import { houseApplication } from '../../src/usecases/setup/houseApplication.ts';
import { makeSamples } from '../samples.ts';
import type { Sample } from './filing.ts';

/** What distinguishes one demonstration project from another. */
export interface Project {
  variant: number;
  address: string;
  /** Longitude, latitude. */
  at: [number, number];
  company?: boolean;
  socialHousing?: boolean;
}

/** The filled-in application of a small house, as its architect would type it. */
export function applicationOf({ variant, address, at, company = false, socialHousing = false }: Project) {
  return houseApplication({
    variant,
    address,
    at,
    coveredAreaM2: 90 + 7 * variant,
    company,
    socialHousing,
    owner: {
      name: company ? 'Société (démonstration)' : 'Demandeur (démonstration)',
      email: company ? 'company@shubbak.invalid' : 'applicant@shubbak.invalid',
    },
  });
}

/** The pieces of one project as files; the same project and version give the same bytes. */
export async function piecesOf(directory: string, project: Project, version = 1): Promise<Sample[]> {
  const folder = join(directory, `${project.variant}-${version}`);
  const made = await makeSamples(folder, { variant: project.variant + 100 * (version - 1) });
  const other = await makeSamples(join(folder, 'dimensioned'), {
    variant: project.variant + 100 * version + 50,
  });
  const piece = (code: string, sample: { path: string; mediaType: string }): Sample => ({
    piece: code,
    ...sample,
  });
  return [
    piece('ownershipProof', made.ownershipCertificate),
    piece('identityDocument', made.identityCopy),
    piece('signedRequest', made.signedRequest),
    piece('architectContract', made.architectContract),
    piece('architecturalPlan', made.architecturalPlan),
    piece('boundaryPlan', made.boundaryPlan),
    piece('dimensionedPlan', other.architecturalPlan),
    piece('fireSafetyDocument', made.situationPlan),
  ].map(({ piece: code, path, mediaType }) => ({ piece: code, path, mediaType }));
}
