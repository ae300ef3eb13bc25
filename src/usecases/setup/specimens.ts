import type { JsonObject } from '../../domain/json.ts';
import { houseApplication } from './houseApplication.ts';

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

/** The filled-in application of a small house of the demonstration. */
export function applicationOf(specimen: Specimen, owner: { name: string; email: string }): JsonObject {
  const { variant, address, company = false, socialHousing = false } = specimen;
  return houseApplication({
    variant,
    address,
    at: [-5.27 + variant / 10_000, 35.17 - variant / 20_000],
    coveredAreaM2: 70 + 2 * variant,
    company,
    socialHousing,
    owner,
  });
}
