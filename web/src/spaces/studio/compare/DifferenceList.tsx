import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../app/language.ts';
import { Code } from '../../../components/Code.tsx';
import { nameIn } from '../names.ts';
import classes from './DifferenceList.module.css';
import type { DiagramDifference, FileDifference } from './differences.ts';

const ICONS = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsMove };

/** What is drawn differently, in words: icon, word and colour for each. */
export function DiagramList({
  differences,
  onOpen,
}: {
  differences: DiagramDifference[];
  onOpen?: (id: string) => void;
}) {
  const { t, i18n } = useTranslation('studio');
  if (differences.length === 0) return <p>{t('compare.sameDiagram')}</p>;
  const moved = differences.filter(({ kind }) => kind === 'moved');
  const listed = (some: DiagramDifference[]) => (
    <ul className={classes.list}>
      {some.map(({ id, kind, type, element, attributes }) => {
        const Icon = ICONS[kind];
        const name = nameIn(element, i18n.language as Language) || id;
        return (
          <li key={id} data-kind={kind}>
            <Icon aria-hidden="true" size={18} />
            <div>
              <strong>{t(`compare.${kind}`)}</strong> {t(`kind.${type}`, { defaultValue: type })}{' '}
              {onOpen === undefined ? (
                <bdi>{name}</bdi>
              ) : (
                <button type="button" onClick={() => onOpen(id)}>
                  <bdi>{name}</bdi>
                </button>
              )}
              {attributes.map(({ name: attribute, before, after }) => (
                <p key={attribute}>
                  {t(`attribute.${attribute}`, { defaultValue: attribute })}
                  {t('colon')} <Value text={before} /> {t('arrow')} <Value text={after} />
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
  // Making room for one task moves all that follows: that is said, but not in the way of what matters.
  return (
    <>
      {listed(differences.filter(({ kind }) => kind !== 'moved'))}
      {moved.length > 0 && (
        <details>
          <summary>{t('compare.movedCount', { count: moved.length })}</summary>
          {listed(moved)}
        </details>
      )}
    </>
  );
}

/** What the other files say differently. */
export function FileList({ differences }: { differences: FileDifference[] }) {
  const { t } = useTranslation('studio');
  if (differences.length === 0) return <p>{t('compare.sameFiles')}</p>;
  return (
    <ul className={classes.list}>
      {differences.map(({ path, pointer, kind, before, after }) => {
        const Icon = ICONS[kind];
        return (
          <li key={path + pointer} data-kind={kind}>
            <Icon aria-hidden="true" size={18} />
            <div>
              <strong>{t(`compare.${kind}`)}</strong> {t(sortOf(path))}{' '}
              <Code>{`${fileName(path)} ${pointer}`}</Code>
              {pointer !== '' && (
                <p>
                  <Value text={before} /> {t('arrow')} <Value text={after} />
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Value({ text }: { text: string }) {
  const { t } = useTranslation('studio');
  return text === '' ? <em>{t('compare.nothing')}</em> : <bdi>{text}</bdi>;
}

const fileName = (path: string) => path.split('/').slice(-2).join('/');

const sortOf = (path: string): string =>
  path.startsWith('forms/')
    ? 'compare.form'
    : path.includes('/decisions/')
      ? 'compare.table'
      : 'compare.settings';
