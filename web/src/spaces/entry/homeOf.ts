import type { Account, Role } from '../../api/queries.ts';

/** Where each role begins its day; the first that an account holds decides. */
const HOMES: [Role, string][] = [
  ['president', '/signing'],
  ['registryOfficer', '/inbox'],
  ['committeeMember', '/inbox'],
  ['committeeSecretary', '/inbox'],
  ['treasurer', '/treasury'],
  ['governor', '/delays'],
  ['procedureAdministrator', '/studio'],
  ['operator', '/operation'],
  ['analyst', '/analysis'],
  ['administrator', '/admin/accounts'],
  ['applicant', '/my/dossiers'],
  ['architect', '/my/dossiers'],
];

/** Where an account goes after signing in when it was on its way nowhere in particular. */
export function homeOf(account: Account | null): string {
  return HOMES.find(([role]) => account?.grants.some((grant) => grant.role === role))?.[1] ?? '/';
}
