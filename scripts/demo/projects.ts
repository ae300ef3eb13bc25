import { join } from 'node:path';
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
  const storeys = 2 + (variant % 2);
  const covered = 90 + 7 * variant;
  return {
    project: {
      operation: 'building',
      nature: 'newBuilding',
      use: 'individualHousing',
      description: `Construction d’une maison d’habitation R+${storeys - 1} (spécimen n° ${variant})`,
      publicOwner: false,
      receivesPublic: false,
      heightMetres: storeys === 2 ? 7.5 : 11,
      storeysAboveGround: storeys,
      basements: 0,
      floorAreaM2: covered * storeys,
      coveredAreaM2: covered * storeys - 0.5,
      overhangM2: variant % 3,
      dwellings: storeys - 1,
      shops: 0,
      classifiedEstablishment: 'none',
      socialHousing,
    },
    land: {
      status: 'title',
      reference: `T-${1000 + variant}/19`,
      areaM2: covered + 30,
      address,
      subdivision: {
        name: 'Lotissement spécimen',
        lot: String(variant),
        received: true,
        restructured: false,
      },
      location: { type: 'Point', coordinates: at },
      neighbourhoods: [],
      networksAvailable: true,
    },
    owner: {
      kind: company ? 'company' : 'person',
      name: company ? 'Société (démonstration)' : 'Demandeur (démonstration)',
      identityNumber: 'K000000',
      ...(company ? { tradeRegister: '00000', ice: '000000000000000' } : {}),
      capacity: 'owner',
      address,
      phone: '+212500000000',
      email: company ? 'company@shubbak.invalid' : 'applicant@shubbak.invalid',
    },
    professionals: {
      architect: { name: 'Architecte (démonstration)', orderNumber: 'DEMO-1', contractDate: '2025-12-01' },
    },
  };
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
