import type { TFunction } from 'i18next';
import type { Incident } from './queries.ts';

/** Why something stopped, in words; the code itself where there are none for it. */
export function causeInWords({ code, kind }: Incident, t: TFunction<'operation'>): string {
  return t(`cause.${code}`, { defaultValue: t(`cause.${kind}`, { code }) });
}
