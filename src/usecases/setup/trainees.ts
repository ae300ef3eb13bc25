import type { LocalizedText } from '../../domain/json.ts';
import type { Body, Role, RoleGrant } from '../../domain/party.ts';

/** Password of every account of a demonstration: it is told to everyone, and protects nothing. */
export const TRAINING_PASSWORD = 'demonstration-shubbak';

/** The commune where the demonstration plays, and its province. */
export const TRAINING_COMMUNE = '01.151.01.01';
const PROVINCE = '01.151';

/** The bodies of the demonstration. */
export const BODIES = [
  {
    id: 'commune-chefchaouen',
    kind: 'commune',
    name: { ar: 'جماعة شفشاون', fr: 'Commune de Chefchaouen', en: 'Commune of Chefchaouen' },
    territories: [TRAINING_COMMUNE],
  },
  {
    id: 'desk-chefchaouen',
    kind: 'oneStopShop',
    name: {
      ar: 'الشباك الوحيد لرخص التعمير، شفشاون',
      fr: 'Guichet unique de Chefchaouen',
      en: 'One-stop shop of Chefchaouen',
    },
    territories: [TRAINING_COMMUNE],
  },
  {
    id: 'committee-chefchaouen',
    kind: 'provincialCommittee',
    name: {
      ar: 'لجنة التعمير لإقليم شفشاون',
      fr: 'Comité d’urbanisme de la province de Chefchaouen',
      en: 'Planning committee of the province of Chefchaouen',
    },
    territories: [PROVINCE],
  },
  {
    id: 'province-chefchaouen',
    kind: 'province',
    name: { ar: 'إقليم شفشاون', fr: 'Province de Chefchaouen', en: 'Province of Chefchaouen' },
    territories: [PROVINCE],
  },
  {
    id: 'agency-chefchaouen',
    kind: 'urbanAgency',
    name: {
      ar: 'الوكالة الحضرية (تجريبية)',
      fr: 'Agence urbaine (démonstration)',
      en: 'Urban agency (demonstration)',
    },
    territories: [PROVINCE],
  },
] as const satisfies Omit<Body, 'active'>[];

/** An account of the demonstration; accounts are named by their function, and nobody real is meant. */
export interface Trainee {
  /** What it stands for, by which pages name it. */
  role: Role;
  email: string;
  name: LocalizedText & { en: string };
  kind: 'person' | 'company';
  jobTitle: LocalizedText | null;
  grants: RoleGrant[];
}

const held = (role: Role, territory: string, body: string | null = null): RoleGrant => ({
  role,
  territory,
  body,
});
const official = (role: Role, name: Trainee['name'], email: string, ...grants: RoleGrant[]): Trainee => ({
  role,
  email: `${email}@shubbak.invalid`,
  name,
  kind: 'person',
  jobTitle: { ar: name.ar, fr: name.fr, en: name.en },
  grants,
});
const citizen = (
  role: 'applicant' | 'architect',
  name: Trainee['name'],
  email: string,
  kind: Trainee['kind'] = 'person',
): Trainee => ({
  role,
  email: `${email}@shubbak.invalid`,
  name,
  kind,
  jobTitle: null,
  grants: [held(role, '*')],
});

/** Everyone who has a part in the main job, one account each. */
export const TRAINEES: Trainee[] = [
  citizen('applicant', { ar: 'صاحب الطلب', fr: 'Demandeur', en: 'Applicant' }, 'applicant'),
  citizen('applicant', { ar: 'شركة صاحبة طلب', fr: 'Société', en: 'Company' }, 'company', 'company'),
  citizen('architect', { ar: 'مهندس معماري', fr: 'Architecte', en: 'Architect' }, 'architect'),
  official(
    'registryOfficer',
    { ar: 'مكتب الضبط', fr: 'Bureau d’ordre', en: 'Registry office' },
    'registry',
    held('registryOfficer', TRAINING_COMMUNE),
  ),
  official(
    'committeeMember',
    { ar: 'ممثل الجماعة', fr: 'Représentant de la commune', en: 'Member for the commune' },
    'member.commune',
    held('committeeMember', TRAINING_COMMUNE, 'commune-chefchaouen'),
  ),
  official(
    'committeeMember',
    { ar: 'ممثل الإقليم', fr: 'Représentant de la province', en: 'Member for the province' },
    'member.province',
    held('committeeMember', PROVINCE, 'province-chefchaouen'),
  ),
  official(
    'committeeMember',
    {
      ar: 'ممثل الوكالة الحضرية',
      fr: 'Représentant de l’agence urbaine',
      en: 'Member for the urban agency',
    },
    'member.agency',
    held('committeeMember', PROVINCE, 'agency-chefchaouen'),
  ),
  official(
    'committeeSecretary',
    { ar: 'كتابة اللجنة', fr: 'Secrétariat du comité', en: 'Committee secretary' },
    'secretary',
    held('committeeSecretary', PROVINCE, 'committee-chefchaouen'),
    held('committeeSecretary', TRAINING_COMMUNE, 'desk-chefchaouen'),
  ),
  official(
    'president',
    {
      ar: 'رئيس مجلس الجماعة',
      fr: 'Président du conseil communal',
      en: 'President of the communal council',
    },
    'president',
    held('president', TRAINING_COMMUNE),
  ),
  official(
    'treasurer',
    { ar: 'شسيع المداخيل', fr: 'Régisseur communal', en: 'Communal treasurer' },
    'treasurer',
    held('treasurer', TRAINING_COMMUNE),
  ),
  official(
    'governor',
    { ar: 'العامل', fr: 'Gouverneur', en: 'Governor' },
    'governor',
    held('governor', PROVINCE),
  ),
  official('analyst', { ar: 'محلل', fr: 'Analyste', en: 'Analyst' }, 'analyst', held('analyst', '*')),
  official(
    'operator',
    { ar: 'مشغل النظام', fr: 'Exploitation', en: 'Operator' },
    'operator',
    held('operator', '*'),
  ),
  official(
    'procedureAdministrator',
    { ar: 'مدبر المساطر', fr: 'Gestionnaire des procédures', en: 'Procedure administrator' },
    'procedures',
    held('procedureAdministrator', '*'),
  ),
];
