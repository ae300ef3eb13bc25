import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { localText } from '../../../app/language.ts';
import { Panel } from '../../../components/Panel.tsx';
import type { ProcedureProblem } from '../queries.ts';
import classes from './ProblemList.module.css';

/** What stands between the draft and its publication; each line leads to where it is. */
export function ProblemList({
  problems,
  checking,
  nameOf,
  onOpen,
}: {
  problems: ProcedureProblem[] | null;
  checking: boolean;
  /** The name of what is on the canvas under an id; null for what is not there. */
  nameOf: (id: string) => string | null;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('studio');
  return (
    <Panel
      title={t('problems.title', { count: problems?.length ?? 0 })}
      actions={
        <span role="status" className={classes.checking}>
          {checking ? t('problems.checking') : ''}
        </span>
      }
    >
      {problems !== null && problems.length === 0 && (
        <p className={classes.none}>
          <IconCircleCheck aria-hidden="true" size={18} /> {t('problems.none')}
        </p>
      )}
      {problems !== null && problems.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard.
        <ul className={classes.list} tabIndex={0} aria-label={t('problems.list')}>
          {problems.map((problem, index) => {
            const where = problem.element === null ? null : nameOf(problem.element);
            const words = localText(problem.message);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may be told twice of one element.
              <li key={index}>
                <IconAlertTriangle aria-hidden="true" size={18} />
                {where === null || problem.element === null ? (
                  <span>{words}</span>
                ) : (
                  <button type="button" onClick={() => onOpen(problem.element as string)}>
                    <strong>
                      <bdi>{where}</bdi>
                    </strong>{' '}
                    {words}
                  </button>
                )}
                <code dir="ltr">{problem.rule}</code>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
