import { Button, Table } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { bodyNamesQuery, useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './dossier.module.css';
import { type Detail, procedureQuery } from './queries.ts';

const AT_A_TIME = 100;

/** Every event of the dossier as it was chained, in words; nothing here can be changed or taken away. */
export function Audit({ detail }: { detail: Detail }) {
  const { t } = useTranslation(['dossier', 'common']);
  const { dossier } = detail;
  const me = useMe();
  const { data: bodies } = useQuery(bodyNamesQuery);
  const { data: procedure } = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const log = useInfiniteQuery({
    queryKey: ['dossier', dossier.id, 'events'],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/dossiers/{id}/events', {
          params: { path: { id: dossier.id }, query: { after: pageParam, limit: AT_A_TIME } },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (log.isError) return <ProblemNotice error={log.error} retry={() => void log.refetch()} />;
  if (log.data === undefined) return <Loading rows={8} />;
  const events = log.data.pages.flatMap((page) => page.items);
  const who = (event: (typeof events)[number]) => {
    if (event.actor === me?.id) return t('audit.you');
    if (event.actor === dossier.applicant) return t('party.applicant');
    if (event.actor === dossier.architect) return t('architect');
    if (event.actor === 'system') return t('party.system');
    const body = event.body === null ? undefined : bodies?.get(event.body);
    return body === undefined ? t(`party.${event.party}`) : localText(body);
  };
  return (
    <>
      <p className={classes.note}>{t('audit.about')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('tabs.audit')}>
        <Table aria-label={t('tabs.audit')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('audit.seq')}</Table.Th>
              <Table.Th>{t('audit.when')}</Table.Th>
              <Table.Th>{t('audit.what')}</Table.Th>
              <Table.Th>{t('audit.where')}</Table.Th>
              <Table.Th>{t('audit.who')}</Table.Th>
              <Table.Th>{t('audit.article')}</Table.Th>
              <Table.Th>{t('audit.chain')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {events.map((event) => {
              const name = procedure?.flowNodes.find(({ flowNode }) => flowNode === event.flowNode)?.name;
              return (
                <Table.Tr key={event.id}>
                  <Table.Td>{event.seq}</Table.Td>
                  <Table.Td>
                    <Moment at={event.at} as="time" />
                  </Table.Td>
                  <Table.Th scope="row">{t(`event.${event.type}`, { defaultValue: event.type })}</Table.Th>
                  <Table.Td>{name === undefined ? (event.flowNode ?? '—') : localText(name)}</Table.Td>
                  <Table.Td>{who(event)}</Table.Td>
                  <Table.Td>{event.article ?? '—'}</Table.Td>
                  <Table.Td className={classes.chain}>
                    <details>
                      <summary>
                        <Code>{event.hash.slice(0, 12)}</Code>
                      </summary>
                      <Code>{`${event.previousHash} → ${event.hash}`}</Code>
                      <br />
                      <Code>{JSON.stringify(event.data)}</Code>
                    </details>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </section>
      {log.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t('common:action.more')}
        </Button>
      )}
    </>
  );
}
