import type { JsonObject } from '../../domain/json.ts';

/** How far a dossier of the demonstration is brought; whoever tries the product goes on from there. */
export type Stage =
  | 'draft'
  | 'filed'
  | 'complementAsked'
  | 'inCommittee'
  | 'beforeMinutes'
  | 'beforePresident'
  | 'beforePayment'
  | 'beforeSignature'
  | 'delivered';

/** A dossier of the demonstration. */
export interface Specimen {
  stage: Stage;
  variant: number;
  address: string;
  company?: boolean;
  socialHousing?: boolean;
}

/** One dossier at each stage, the oldest story first. */
export const SPECIMENS: Specimen[] = [
  { stage: 'delivered', variant: 21, address: 'hay Ain Haouzi, 21' },
  { stage: 'beforeSignature', variant: 22, address: 'avenue Allal Ben Abdellah, 22', socialHousing: true },
  { stage: 'beforePayment', variant: 23, address: 'rue Moulay Ali Ben Rachid, 23', company: true },
  { stage: 'beforePresident', variant: 24, address: 'avenue Hassan II, 24' },
  { stage: 'beforeMinutes', variant: 25, address: 'rue Sidi Srif, 25' },
  { stage: 'inCommittee', variant: 26, address: 'hay Sebanine, 26', company: true },
  { stage: 'complementAsked', variant: 27, address: 'rue Tarik Ibn Ziad, 27' },
  { stage: 'filed', variant: 28, address: 'hay Onsar, 28' },
  { stage: 'draft', variant: 29, address: 'avenue Al Maghrib Al Arabi, 29' },
];

/** The filled-in application of a small house of the demonstration; figures and references are specimens. */
export function applicationOf(specimen: Specimen, owner: { name: string; email: string }): JsonObject {
  const { variant, address, company = false, socialHousing = false } = specimen;
  const storeys = 2 + (variant % 2);
  const covered = 70 + 2 * variant;
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
      location: { type: 'Point', coordinates: [-5.27 + variant / 10_000, 35.17 - variant / 20_000] },
      neighbourhoods: [],
      networksAvailable: true,
    },
    owner: {
      kind: company ? 'company' : 'person',
      name: owner.name,
      identityNumber: 'K000000',
      ...(company ? { tradeRegister: '00000', ice: '000000000000000' } : {}),
      capacity: 'owner',
      address,
      phone: '+212500000000',
      email: owner.email,
    },
    professionals: {
      architect: { name: 'Architecte (démonstration)', orderNumber: 'DEMO-1', contractDate: '2025-12-01' },
    },
  };
}
