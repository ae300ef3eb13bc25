import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Moment } from '../../components/Moment.tsx';
import { useNames, type WorkRow } from './queries.ts';
import { Related } from './Related.tsx';
import classes from './registry.module.css';
import { addressOf, taskOf } from './row.ts';
import { DossierState, Due } from './States.tsx';

/** One dossier beside the list: what it is, whose turn it is, what may be done from here. */
export function Preview({ row }: { row: WorkRow }) {
  const { t } = useTranslation('registry');
  const names = useNames();
  const { dossier, waiting, limit } = row;
  const mine = taskOf(row);
  return (
    <>
      <h2 className={classes.previewTitle}>
        {dossier.number === null ? t('office.draft') : <Code>{dossier.number}</Code>}
      </h2>
      <Group gap="xs" mb="sm">
        {mine !== undefined && (
          <Button component={Link} to={`/tasks/${mine.task}`}>
            {localText(mine.name)}
          </Button>
        )}
        <Button component={Link} to={addressOf(row)} variant={mine === undefined ? 'filled' : 'default'}>
          {t(dossier.status === 'draft' ? 'preview.goOn' : 'preview.open')}
        </Button>
        {dossier.number !== null && dossier.status !== 'rejectedAtFiling' && (
          <Button
            component={Link}
            to={`/registry/receipts?dossiers=${dossier.id}&now=1`}
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
          >
            {t('preview.receipt')}
          </Button>
        )}
      </Group>
      <Facts
        rows={[
          [t('fact.applicant'), <Name key="a">{row.applicantName}</Name>],
          [t('fact.procedure'), names.procedure(dossier.procedure)],
          [t('fact.commune'), names.place(dossier.commune)],
          [t('fact.state'), <DossierState key="s" status={dossier.status} />],
          [
            t('fact.filed'),
            dossier.submittedAt === null ? null : <Moment key="f" at={dossier.submittedAt} as="time" />,
          ],
          [t('fact.channel'), row.channel === 'counter' ? t('channel.counter') : null],
          [t('fact.round'), dossier.round > 1 ? dossier.round : null],
          [
            t('fact.limit'),
            limit === null ? null : (
              <span key="l" className={classes.turn}>
                <Due at={limit.dueAt} paused={!limit.running} />
                <small className={classes.soft}>
                  <bdi>{limit.article}</bdi>
                </small>
              </span>
            ),
          ],
        ]}
      />
      <h3>{t('preview.turn')}</h3>
      {waiting.length === 0 ? (
        <p className={classes.soft}>{t('turn.nobody')}</p>
      ) : (
        <ul className={classes.plainList}>
          {waiting.map((one) => (
            <li key={one.task}>
              <span>
                {t(`role.${one.roles[0] ?? 'operator'}`)} · {localText(one.name)}
              </span>
              <Due at={one.dueAt} />
            </li>
          ))}
        </ul>
      )}
      {dossier.status !== 'draft' && <Related dossier={dossier.id} level={3} />}
    </>
  );
}
