import type { TFunction } from 'i18next';
import { localText } from '../../app/language.ts';
import type { Instance } from './queries.ts';

/** The name of a place of a diagram; its identifier where the diagram gives none. */
export const placeName = ({
  flowNode,
  name,
}: Pick<Instance['waiting'][number], 'flowNode' | 'name'>): string =>
  name === null ? flowNode : localText(name);

/** What is waited for at a place, in words. */
export const waitsInWords = (waitsFor: string, t: TFunction<'operation'>): string =>
  t(`waits.${waitsFor}`, { defaultValue: t('waits.unknown') });
