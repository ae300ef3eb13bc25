import { Button, Group, Modal, SegmentedControl, Select, Table, Textarea, TextInput } from '@mantine/core';
import { IconPencilPlus, IconPrinter, IconTableExport } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { holds, useMe, useNow } from '../../api/queries.ts';
import { dateTime } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { saveCsv } from '../../components/csv.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { type Direction, type Entry, type EntryKind, useCommunes } from './queries.ts';
import classes from './registry.module.css';

const KINDS: Record<Direction, EntryKind[]> = {
  incoming: ['application', 'complement', 'modifiedProject', 'reservesAnswer', 'opinion', 'correction'],
  outgoing: [
    'receipt',
    'filingRejection',
    'complementRequest',
    'convocation',
    'reservesNotice',
    'modificationLetter',
    'refusal',
    'paymentOrder',
    'licence',
    'copy',
    'closure',
    'correction',
  ],
};
const NUMBER = /^[0-9.]+-[A-Z0-9]+-[0-9]{4}-[0-9]+$/;

interface Wanted {
  direction: Direction;
  commune: string;
  year: number;
  kind: string;
  search: string;
}

const registerQuery = ({ direction, commune, year, kind, search }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['register', direction, commune, year, kind, search],
    enabled: commune !== '',
    queryFn: ({ pageParam, signal }) =>
      page({ direction, commune, year, kind, search }, pageParam, 50, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

function page(wanted: Wanted, cursor: string, limit: number, signal?: AbortSignal) {
  const { direction, commune, year, kind, search } = wanted;
  const text = search.trim().toUpperCase();
  return answer(
    api.GET('/registers/{direction}', {
      params: {
        path: { direction },
        query: {
          commune,
          year,
          limit,
          ...(kind === '' ? {} : { kind: kind as EntryKind }),
          ...(NUMBER.test(text) ? { dossierNumber: text } : {}),
          ...(/^\d{1,9}$/.test(text) ? { number: Number(text) } : {}),
          ...(cursor === '' ? {} : { cursor }),
        },
      },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** The incoming and outgoing registers of a commune: numbered lines that nobody changes, corrected by further lines. */
export function Registers() {
  return (
    <RequireRole roles={['registryOfficer', 'president', 'governor']}>
      <Register />
    </RequireRole>
  );
}

function Register() {
  const { t } = useTranslation(['registry', 'common']);
  const { direction: given } = useParams();
  const direction: Direction = given === 'outgoing' ? 'outgoing' : 'incoming';
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const communes = useCommunes('registryOfficer', 'president', 'governor');
  const thisYear = new Date(useNow()).getFullYear();
  const [commune, setCommune] = useUrlState('commune', communes[0]?.code ?? '');
  const [year, setYear] = useUrlState('year', String(thisYear));
  const [kind, setKind] = useUrlState('kind');
  const [search, setSearch] = useUrlState('search');
  const [typed, setTyped] = useState(search);
  const [correcting, setCorrecting] = useState<Entry | null>(null);
  const [exporting, setExporting] = useState(false);
  const mayCorrect = holds(useMe(), 'registryOfficer');
  const wanted = { direction, commune, year: Number(year) || thisYear, kind, search };
  const list = useInfiniteQuery(registerQuery(wanted));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const understood =
    search === '' || NUMBER.test(search.trim().toUpperCase()) || /^\d{1,9}$/.test(search.trim());
  const place = communes.find(({ code }) => code === commune)?.name ?? commune;

  async function exportAll() {
    setExporting(true);
    try {
      const all: Entry[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const found: Awaited<ReturnType<typeof page>> = await page(wanted, cursor, 100);
        all.push(...found.items);
        cursor = found.next;
      }
      saveCsv(
        `${direction}-${commune}-${wanted.year}`,
        ['number', 'date', 'kind', 'dossier', 'with', 'by', 'text', 'reason', 'corrected'].map((key) =>
          t(`register.csv.${key}`),
        ),
        all
          .reverse()
          .map((entry) => [
            entry.number,
            dateTime(entry.at),
            t(`entry.${entry.kind}`),
            entry.dossierNumber,
            correspondentOf(entry),
            entry.actorName,
            entry.correction?.text ?? null,
            entry.correction?.reason ?? null,
            entry.corrections.map((one) => one.number).join(', '),
          ]),
      );
    } finally {
      setExporting(false);
    }
  }

  return (
    <>
      <PageHead
        title={t(`register.${direction}`)}
        about={t('register.about')}
        above={
          <span>
            {place} · <Code>{wanted.year}</Code>
          </span>
        }
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPrinter size={18} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('common:action.print')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconTableExport size={18} aria-hidden />}
              loading={exporting}
              onClick={() => void exportAll()}
            >
              {t('bulk.csv')}
            </Button>
          </>
        }
      />
      <form
        aria-label={t('filter.label')}
        data-no-print
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setSearch(typed.trim());
        }}
      >
        <SegmentedControl
          aria-label={t('register.which')}
          mb="md"
          value={direction}
          onChange={(value) => {
            const next = new URLSearchParams(params);
            next.delete('kind');
            navigate(`/registry/registers/${value}?${next}`);
          }}
          data={[
            { value: 'incoming', label: t('register.incoming') },
            { value: 'outgoing', label: t('register.outgoing') },
          ]}
        />
        <Group gap="sm" align="flex-end" className={classes.filters}>
          {communes.length > 1 && (
            <Select
              label={t('filter.commune')}
              data={communes.map(({ code, name }) => ({ value: code, label: name }))}
              value={commune}
              onChange={(value) => setCommune(value ?? '')}
              allowDeselect={false}
              searchable
            />
          )}
          <Select
            label={t('register.year')}
            data={[0, 1, 2, 3, 4].map((ago) => String(thisYear - ago))}
            value={String(wanted.year)}
            onChange={(value) => setYear(value ?? '')}
            allowDeselect={false}
          />
          <Select
            label={t('register.kind')}
            data={KINDS[direction].map((value) => ({ value, label: t(`entry.${value}`) }))}
            value={kind || null}
            onChange={(value) => setKind(value ?? '')}
            placeholder={t('filter.all')}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
          />
          <TextInput
            label={t('register.search')}
            dir="ltr"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={understood ? null : t('register.searchHelp')}
          />
          <Button type="submit" variant="default" style={{ flex: 'none' }}>
            {t('register.find')}
          </Button>
        </Group>
      </form>
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState title={t(kind === '' && search === '' ? 'register.empty' : 'empty.filtered')}>
          {t(kind === '' && search === '' ? 'register.emptyHelp' : 'empty.filteredHelp')}
        </EmptyState>
      ) : (
        <>
          <div className={classes.scroll}>
            <Table className={classes.table} aria-busy={list.isFetching}>
              <caption className="hidden-visually">{t(`register.${direction}`)}</caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('register.csv.number')}</Table.Th>
                  <Table.Th>{t('register.csv.date')}</Table.Th>
                  <Table.Th>{t('register.csv.kind')}</Table.Th>
                  <Table.Th>{t(direction === 'incoming' ? 'register.from' : 'register.to')}</Table.Th>
                  <Table.Th>{t('register.csv.dossier')}</Table.Th>
                  <Table.Th>{t('register.csv.by')}</Table.Th>
                  {mayCorrect && (
                    <Table.Th data-no-print>
                      <span className="hidden-visually">{t('register.correct')}</span>
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((entry) => (
                  <Table.Tr key={entry.id}>
                    <Table.Td>
                      <strong>
                        <Code>{entry.number}</Code>
                      </strong>
                    </Table.Td>
                    <Table.Td>
                      <Moment at={entry.at} as="time" />
                    </Table.Td>
                    <Table.Td>
                      {t(`entry.${entry.kind}`)}
                      {entry.correction !== null && (
                        <div>
                          {t('register.corrects', { number: entry.correction.number })}{' '}
                          <bdi>{entry.correction.text}</bdi>
                          <br />
                          <small className={classes.soft}>
                            {t('register.because')} <bdi>{entry.correction.reason}</bdi>
                          </small>
                        </div>
                      )}
                      {entry.corrections.length > 0 && (
                        <div>
                          <small className={classes.soft}>
                            {t('register.correctedBy', {
                              numbers: entry.corrections.map((one) => one.number).join(', '),
                            })}
                          </small>
                        </div>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {entry.kind === 'correction' ? '' : <Name>{correspondentOf(entry)}</Name>}
                    </Table.Td>
                    <Table.Td>
                      {entry.dossier === null ? (
                        '—'
                      ) : (
                        <Link to={`/dossiers/${entry.dossier}`}>
                          {entry.dossierNumber === null ? (
                            t('register.unnumbered')
                          ) : (
                            <Code>{entry.dossierNumber}</Code>
                          )}
                        </Link>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <Name>{entry.actorName === '' ? t('register.system') : entry.actorName}</Name>
                    </Table.Td>
                    {mayCorrect && (
                      <Table.Td data-no-print>
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          leftSection={<IconPencilPlus size={16} aria-hidden />}
                          aria-label={t('register.correctOne', { number: entry.number })}
                          onClick={() => setCorrecting(entry)}
                        >
                          {t('register.correct')}
                        </Button>
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          {list.hasNextPage && (
            <Button
              data-no-print
              variant="default"
              mt="md"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('common:action.more')}
            </Button>
          )}
        </>
      )}
      <Correction entry={correcting} close={() => setCorrecting(null)} />
    </>
  );
}

function Correction({ entry, close }: { entry: Entry | null; close: () => void }) {
  const { t } = useTranslation(['registry', 'common']);
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const key = useRef(onceKey());
  const add = useMutation({
    mutationFn: (to: Entry) =>
      answer(
        api.POST('/registers/{direction}/{entry}/corrections', {
          params: {
            path: { direction: to.direction, entry: to.id },
            header: { 'Idempotency-Key': key.current },
          },
          body: { text: text.trim(), reason: reason.trim() },
        }),
      ),
    onSuccess: async () => {
      key.current = onceKey();
      setText('');
      setReason('');
      await client.invalidateQueries({ queryKey: ['register'] });
      close();
    },
    onError: () => {
      key.current = onceKey();
    },
  });
  const ready = text.trim().length >= 3 && reason.trim().length >= 3;
  return (
    <Modal
      opened={entry !== null}
      onClose={close}
      title={entry === null ? '' : t('register.correctOne', { number: entry.number })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (entry !== null && ready) add.mutate(entry);
        }}
      >
        <p>{t('register.correctHelp')}</p>
        {add.error !== null && <ProblemNotice error={add.error} />}
        <Textarea
          label={t('register.readInstead')}
          dir="auto"
          rows={2}
          maxLength={1000}
          required
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          mb="md"
        />
        <Textarea
          label={t('register.reason')}
          dir="auto"
          rows={2}
          maxLength={1000}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={close}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={add.isPending}>
            {t('register.add')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function correspondentOf(entry: Entry): string {
  if (entry.bodyName !== null) return localText(entry.bodyName);
  return entry.correspondent ?? '—';
}
