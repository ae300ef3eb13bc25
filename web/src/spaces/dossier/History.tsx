import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bodyNamesQuery } from '../../api/queries.ts';
import { duration } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import classes from './dossier.module.css';
import { type Detail, timelineQuery } from './queries.ts';

/** What people did to the dossier, step by step, with the time each took. */
export function History({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { data: steps, isError, error, refetch } = useQuery(timelineQuery(detail.dossier.id));
  const { data: bodies } = useQuery(bodyNamesQuery);
  if (isError) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (steps === undefined) return <Loading rows={6} />;
  const people = steps.filter(({ kind }) => kind === 'user').toReversed();
  if (people.length === 0) return <EmptyState title={t('history.none')} />;
  return (
    <>
      <p className={classes.note}>{t('history.about')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('tabs.history')}>
        <Table striped aria-label={t('tabs.history')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('history.step')}</Table.Th>
              <Table.Th>{t('history.whose')}</Table.Th>
              <Table.Th>{t('history.began')}</Table.Th>
              <Table.Th>{t('history.ended')}</Table.Th>
              <Table.Th>{t('history.took')}</Table.Th>
              <Table.Th>{t('history.worked')}</Table.Th>
              <Table.Th>{t('history.due')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((step) => {
              const body = step.body === null ? undefined : bodies?.get(step.body);
              const end = Date.parse(step.endedAt ?? new Date().toISOString());
              const late = step.dueAt !== null && step.endedAt !== null && end > Date.parse(step.dueAt);
              return (
                <Table.Tr key={`${step.flowNode} ${step.startedAt} ${step.body}`}>
                  <Table.Th scope="row">
                    {localText(step.name)}
                    {step.article !== null && <small> ({step.article})</small>}
                  </Table.Th>
                  <Table.Td>
                    {body === undefined ? t(`party.${step.party}`) : <bdi>{localText(body)}</bdi>}
                  </Table.Td>
                  <Table.Td>
                    <Moment at={step.startedAt} as="time" />
                  </Table.Td>
                  <Table.Td>
                    {step.endedAt === null ? (
                      <StatePill tone="plain">{t('history.now')}</StatePill>
                    ) : (
                      <Moment at={step.endedAt} as="time" />
                    )}
                  </Table.Td>
                  <Table.Td>{duration(step.elapsedSeconds)}</Table.Td>
                  <Table.Td>{duration(step.workingSeconds)}</Table.Td>
                  <Table.Td>
                    {step.dueAt === null ? '—' : <Moment at={step.dueAt} as="time" />}
                    {late && <StatePill tone="late">{t('history.late')}</StatePill>}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </section>
    </>
  );
}
