import type { Dossier } from '../../domain/dossier.ts';
import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import { dayNumber } from '../../domain/legalTime/localDate.ts';
import { startOfLocalDay } from '../../domain/legalTime/zone.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core } from '../dependencies.ts';
import { versionOf } from '../dossiers/readDossier.ts';

/** One line of the public register: what was allowed, where and when; nobody's name, address or land. */
export interface RegisteredLicence {
  number: string;
  procedure: string;
  procedureName: LocalizedText;
  /** What was allowed, in the words of the form, e.g. "new building"; null when the form does not say. */
  nature: LocalizedText | null;
  commune: string;
  communeName: LocalizedText;
  deliveredAt: number;
  status: 'delivered';
}

const ZONE = 'Africa/Casablanca';
const newYear = (year: number): number => startOfLocalDay(ZONE, dayNumber(year, 1, 1)) * 1000;

/** Lists the licences that were delivered, the last one first: only what the register may show to anyone. */
export async function listLicences(
  core: Core,
  _context: unknown,
  input: {
    territory?: string | undefined;
    procedure?: string | undefined;
    year?: number | undefined;
    page: PageRequest;
  },
): Promise<Page<RegisteredLicence>> {
  const { territory, procedure, year, page } = input;
  if (territory !== undefined) core.territories.get(territory);
  const { items, next } = await core.store.dossiers.delivered(
    {
      ...(territory === undefined ? {} : { territory }),
      ...(procedure === undefined ? {} : { procedure }),
      ...(year === undefined ? {} : { from: newYear(year), to: newYear(year + 1) }),
    },
    page,
  );
  const lines = await Promise.all(
    items.map(async (dossier) => lineOf(core, dossier, await versionOf(core, dossier))),
  );
  return { items: lines, next };
}

function lineOf(core: Core, dossier: Dossier, version: ProcedureVersion): RegisteredLicence {
  return {
    number: dossier.number ?? '',
    procedure: dossier.procedure,
    procedureName: version.settings.name,
    nature: natureOf(dossier, version),
    commune: dossier.commune,
    communeName: core.territories.get(dossier.commune).name,
    deliveredAt: dossier.endedAt ?? dossier.updatedAt,
    status: 'delivered',
  };
}

/** The words of the choice that the form calls the nature of the works; free text is never shown. */
function natureOf({ application }: Dossier, version: ProcedureVersion): LocalizedText | null {
  const nature = (application.project as JsonObject | undefined)?.nature;
  const form = version.forms[version.settings.forms.application];
  if (typeof nature !== 'string' || form === undefined) return null;
  const inWords = (texts: JsonObject): string | undefined => {
    const field = (texts.fields as JsonObject | undefined)?.['/project/nature'] as JsonObject | undefined;
    const words = (field?.options as JsonObject | undefined)?.[nature];
    return typeof words === 'string' ? words : undefined;
  };
  const [ar, fr, en] = [inWords(form.texts.ar), inWords(form.texts.fr), inWords(form.texts.en)];
  return ar === undefined || fr === undefined ? null : { ar, fr, ...(en === undefined ? {} : { en }) };
}
