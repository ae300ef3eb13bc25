import type { Dossier } from '../../domain/dossier.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { WorkingTime } from '../../domain/legalTime/workingTime.ts';
import type { Application, Bilingual, Fact, LetterDate } from '../../gateways/pdf/templates.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import { decimal } from './decimal.ts';
import { describeForm } from './describeForm.ts';
import { bilingual, NATURES, USES } from './names.ts';

/** The parts of the application form that letters print. */
interface Filed {
  project: {
    description: string;
    nature: string;
    use: string;
    heightMetres: number;
    storeysAboveGround: number;
    basements: number;
    floorAreaM2: number;
    coveredAreaM2: number;
    dwellings: number;
  };
  land: { reference: string; areaM2: number; address: string };
  owner: { name: string; nameAr?: string };
  professionals: { architect: { name: string } };
}

/** The local date, or date and time, of an instant, as letters take it. */
export function letterDate(workingTime: WorkingTime, instant: number, withTime = false): LetterDate {
  const day = workingTime.localDateOf(instant);
  if (!withTime) return day;
  const minutes = Math.floor((instant - workingTime.startOfDay(day)) / 60_000);
  return `${day}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Whether an application is for works on a piece of land, which letters describe in the words of building. */
export const isForWorks = (application: JsonObject): boolean =>
  ['project', 'land', 'owner', 'professionals'].every((section) => section in application);

/** What every letter says of the application it answers, whatever its form. */
export function describeApplication(
  dossier: Dossier,
  applicant: string,
  version: ProcedureVersion,
  workingTime: WorkingTime,
): Application {
  if (isForWorks(dossier.application)) return describeWorks(dossier, version, workingTime);
  const form = version.forms[version.settings.forms.application];
  return {
    number: dossier.number ?? '',
    filedOn: letterDate(workingTime, dossier.submittedAt ?? dossier.createdAt),
    procedure: bilingual(version.settings.name),
    applicant,
    facts: form === undefined ? [] : describeForm(form, dossier.application),
  };
}

function describeWorks(dossier: Dossier, version: ProcedureVersion, workingTime: WorkingTime): Application {
  const { project, land, owner, professionals } = dossier.application as unknown as Filed;
  const same = (text: string): Bilingual => ({ ar: text, fr: text });
  const fact = (ar: string, fr: string, value: Bilingual | string): Fact => ({ label: { ar, fr }, value });
  const nature = NATURES[project.nature] ?? same(project.nature);
  const use = USES[project.use] ?? same(project.use);
  return {
    number: dossier.number ?? '',
    filedOn: letterDate(workingTime, dossier.submittedAt ?? dossier.createdAt),
    procedure: bilingual(version.settings.name),
    applicant: owner.name,
    applicantAr: owner.nameAr,
    architect: professionals.architect.name,
    works: project.description,
    address: land.address,
    landReference: land.reference,
    facts: [
      fact('طبيعة المشروع', 'Nature du projet', nature),
      fact('الاستعمال', 'Usage', use),
      fact('مساحة العقار', 'Superficie du terrain', `${decimal(land.areaM2)} m²`),
      fact('المساحة المغطاة', 'Surface couverte', `${decimal(project.coveredAreaM2)} m²`),
      fact('مساحة الأرضيات', 'Surface de plancher', `${decimal(project.floorAreaM2)} m²`),
      fact('عدد الطوابق', 'Niveaux', levels(project)),
      fact('العلو', 'Hauteur', `${decimal(project.heightMetres)} m`),
      fact('عدد المساكن', 'Logements', String(project.dwellings)),
    ],
  };
}

/** The ground floor is one of the storeys above ground: three of them are R+2. */
const levels = ({ storeysAboveGround, basements }: Filed['project']): string =>
  `${storeysAboveGround <= 1 ? 'R' : `R+${storeysAboveGround - 1}`}${basements > 0 ? ` + ${basements} SS` : ''}`;
