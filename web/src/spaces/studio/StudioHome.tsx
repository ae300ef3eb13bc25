import { Alert, Button, Group, Table } from '@mantine/core';
import { IconCircleCheck, IconFileUpload, IconGitCompare, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { AddProcedure } from './AddProcedure.tsx';
import { draftsQuery, type VersionLife, versionsQuery } from './queries.ts';
import classes from './StudioHome.module.css';

/** The procedures of this office with the life of their versions, and the drafts under work. */
export function StudioHome() {
  return (
    <RequireRole roles={['procedureAdministrator']}>
      <Home />
    </RequireRole>
  );
}

function Home() {
  const { t } = useTranslation('studio');
  const versions = useQuery(versionsQuery);
  const drafts = useQuery(draftsQuery);
  const [published] = useUrlState('published');
  const [adding, setAdding] = useState(false);
  const just = versions.data?.find(({ version }) => version === published);
  const error = versions.error ?? drafts.error;
  const procedures = new Map<string, VersionLife[]>();
  for (const one of versions.data ?? []) procedures.set(one.id, [...(procedures.get(one.id) ?? []), one]);
  return (
    <>
      <PageHead
        title={t('title')}
        about={t('about')}
        actions={
          <Button
            leftSection={<IconFileUpload aria-hidden="true" size={18} />}
            onClick={() => setAdding((open) => !open)}
            aria-expanded={adding}
          >
            {t('add.open')}
          </Button>
        }
      />
      {error !== null && <ProblemNotice error={error} retry={() => void versions.refetch()} />}
      {just !== undefined && (
        <Alert
          role="status"
          color="green"
          variant="light"
          mb="md"
          icon={<IconCircleCheck aria-hidden="true" />}
        >
          {t('published', {
            name: `\u2068${localText(just.name)}\u2069`,
            date: `\u2068${just.inForceFrom}\u2069`,
          })}
        </Alert>
      )}
      {adding && <AddProcedure />}
      <Panel title={t('drafts.title')}>
        <Drafts names={procedures} />
      </Panel>
      {versions.data === undefined
        ? error === null && <Loading rows={6} />
        : [...procedures].map(([id, all]) => <Procedure key={id} versions={all} />)}
    </>
  );
}

function Procedure({ versions }: { versions: VersionLife[] }) {
  const { t } = useTranslation('studio');
  const begin = useBegin();
  const shown = versions.find(({ state }) => state === 'inForce') ?? versions[0];
  if (shown === undefined) return null;
  return (
    <Panel
      title={<bdi>{localText(shown.name)}</bdi>}
      actions={
        <Button
          size="sm"
          variant="default"
          loading={begin.isPending}
          leftSection={<IconPencil aria-hidden="true" size={16} />}
          onClick={() => begin.mutate(shown)}
          aria-label={t('change.of', { name: localText(shown.name) })}
        >
          {t('change.begin')}
        </Button>
      }
    >
      {begin.error !== null && <ProblemNotice error={begin.error} />}
      <p className={classes.code}>
        <Code>{shown.id}</Code> · {t('numberType')} <Code>{shown.numberType}</Code>
      </p>
      <Table.ScrollContainer minWidth={760}>
        <Table aria-label={t('versionsOf', { name: localText(shown.name) })} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('version.state')}</Table.Th>
              <Table.Th>{t('version.from')}</Table.Th>
              <Table.Th>{t('version.by')}</Table.Th>
              <Table.Th>{t('version.note')}</Table.Th>
              <Table.Th>{t('version.running')}</Table.Th>
              <Table.Th>{t('version.compare')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one, index) => {
              const older = versions[index + 1];
              return (
                <Table.Tr key={one.version}>
                  <Table.Td>
                    <span className={classes.state} data-state={one.state}>
                      {t(`state.${one.state}`)}
                    </span>
                  </Table.Td>
                  <Table.Td>
                    <Moment at={`${one.inForceFrom}T12:00:00Z`} />
                  </Table.Td>
                  <Table.Td>
                    {one.shipped ? t('version.shipped') : <Name>{one.publishedBy}</Name>}
                    <br />
                    <small>
                      <Moment at={one.publishedAt} as="time" />
                    </small>
                  </Table.Td>
                  <Table.Td className={classes.note}>
                    {one.shipped ? t('version.shippedNote') : <bdi dir="auto">{one.note}</bdi>}
                  </Table.Td>
                  <Table.Td>{t('version.dossiers', { count: one.running })}</Table.Td>
                  <Table.Td>
                    {older === undefined ? (
                      '–'
                    ) : (
                      <Link
                        to={`/studio/compare?from=${older.version}&to=${one.version}`}
                        aria-label={t('version.compareOlder', {
                          from: older.inForceFrom,
                          to: one.inForceFrom,
                        })}
                      >
                        <IconGitCompare aria-hidden="true" size={16} /> {t('compare.open')}
                      </Link>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

/** Begins a draft of a version, and goes to it. */
function useBegin() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version }: VersionLife) =>
      answer(
        api.POST('/procedure-drafts', {
          params: { header: { 'Idempotency-Key': onceKey() } },
          body: { version },
        }),
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
      await navigate(`/studio/drafts/${id}`);
    },
  });
}

function Drafts({ names }: { names: Map<string, VersionLife[]> }) {
  const { t } = useTranslation('studio');
  const queries = useQueryClient();
  const drafts = useQuery(draftsQuery);
  const [leaving, setLeaving] = useState<string | null>(null);
  const discard = useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/procedure-drafts/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      setLeaving(null);
      await queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
    },
  });
  if (drafts.data === undefined) return drafts.error === null ? <Loading rows={2} /> : null;
  if (drafts.data.length === 0) return <EmptyState title={t('drafts.none')}>{t('drafts.how')}</EmptyState>;
  return (
    <>
      <ul className={classes.drafts}>
        {drafts.data.map((draft) => {
          const known = names.get(draft.procedure)?.[0];
          return (
            <li key={draft.id}>
              <Link to={`/studio/drafts/${draft.id}`}>
                <bdi>{known === undefined ? draft.procedure : localText(known.name)}</bdi>
              </Link>
              <span>
                <Name>{draft.authorName}</Name> · <Moment at={draft.updatedAt} as="time" />
              </span>
              <Group gap="xs">
                <Code>{draft.id.slice(-6)}</Code>
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-sm"
                  leftSection={<IconTrash aria-hidden="true" size={16} />}
                  onClick={() => setLeaving(draft.id)}
                  aria-label={t('drafts.discardOne', { code: draft.id.slice(-6) })}
                >
                  {t('drafts.discard')}
                </Button>
              </Group>
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        opened={leaving !== null}
        danger
        title={t('drafts.discardTitle')}
        action={t('drafts.discard')}
        busy={discard.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && discard.mutate(leaving)}
      >
        <p>{t('drafts.discardHelp')}</p>
      </ConfirmDialog>
    </>
  );
}
