import { Button } from '@mantine/core';
import { IconCheck, IconRoute } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { localText } from '../../app/language.ts';
import { Loading } from '../../components/Loading.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './dossier.module.css';
import type { Detail } from './queries.ts';

const DiagramView = lazy(() =>
  import('./DiagramView.tsx').then(({ DiagramView }) => ({ default: DiagramView })),
);

/** "You are here": the stages of the procedure as its diagram draws them, and the diagram itself for who wants it. */
export function Stages({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const [diagram, setDiagram] = useUrlState('diagram');
  const opened = diagram === '1';
  if (detail.stages.length === 0) return null;
  return (
    <section className={classes.stages} aria-labelledby="stages">
      <div className={classes.stagesTop}>
        <h2 id="stages">{t('stages.title')}</h2>
        <Button
          variant="subtle"
          size="compact-md"
          data-no-print
          leftSection={<IconRoute size={18} aria-hidden="true" />}
          aria-expanded={opened}
          onClick={() => setDiagram(opened ? '' : '1')}
        >
          {opened ? t('stages.hide') : t('stages.see')}
        </Button>
      </div>
      <ol className={classes.line}>
        {detail.stages.map((stage) => {
          const answered = stage.parties.filter((party) => party.answered).length;
          return (
            <li
              key={stage.id}
              data-state={stage.state}
              aria-current={stage.state === 'current' ? 'step' : undefined}
            >
              <span className={classes.dot} aria-hidden="true">
                {stage.state === 'done' && <IconCheck size={16} stroke={3} />}
              </span>
              <span className={classes.stageName}>
                {localText(stage.name)}
                <span className="hidden-visually">{t(`stages.${stage.state}`)}</span>
              </span>
              {stage.parties.length > 1 && stage.state === 'current' && (
                <small>{t('stages.answered', { answered, total: stage.parties.length })}</small>
              )}
            </li>
          );
        })}
      </ol>
      {opened && (
        <Suspense fallback={<Loading rows={6} />}>
          <DiagramView detail={detail} />
        </Suspense>
      )}
    </section>
  );
}
