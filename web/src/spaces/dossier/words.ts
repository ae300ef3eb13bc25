import type { TFunction } from 'i18next';
import type { Schema } from '../../api/client.ts';
import { currentLanguage, localText } from '../../app/language.ts';
import type { Tone } from '../../components/StatePill.tsx';
import type { Zone } from '../../viewer/zone.ts';
import type { Detail, Remark } from './queries.ts';

type Status = Schema<'DossierStatus'>;
type Holder = Detail['holders'][number];

/** How a dossier's state is coloured. */
export const TONES: Record<Status, Tone> = {
  draft: 'plain',
  filed: 'plain',
  rejectedAtFiling: 'late',
  underStudy: 'plain',
  delivered: 'good',
  refused: 'late',
  closedWithoutFollowUp: 'plain',
  stopped: 'late',
};

/** "a, b et c", in the reader's language; `or` for what may come. */
export function listed(words: string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(currentLanguage(), { style: 'long', type }).format(words);
}

/** A thing to do begins a sentence in the diagram, and goes on in one here. */
export function inSentence(name: string): string {
  return currentLanguage() === 'ar' ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** Who is asked: a body by its own name, a function by its role; each once. */
export function whoOf(holders: readonly Holder[], t: TFunction): string[] {
  const names = holders.map(({ body, bodyName, roles }) =>
    body !== null && bodyName !== null
      ? localText(bodyName)
      : listed(
          roles.map((role) => t(`dossier:who.${role}`)),
          'disjunction',
        ),
  );
  return [...new Set(names)];
}

/** Whether what is asked is asked of the applicant's side itself, and not done for it at a counter. */
export const isOwn = ({ roles }: Holder): boolean =>
  roles.includes('applicant') || roles.includes('architect');

/** A place on a page as the viewer draws it; an area without a size is but a point. */
export function zoneOf(zone: NonNullable<Remark['zone']>): Zone {
  const { kind, x, y, width, height } = zone;
  return kind === 'area' && width !== undefined && height !== undefined
    ? { kind, x, y, width, height }
    : { kind: 'pin', x, y };
}

/** A number of days as each language counts them, with their kind. */
export function daysWord(t: TFunction, count: number, unit: 'workingDays' | 'calendarDays'): string {
  return t(`dossier:days.${unit}`, { count });
}
