import { Button, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, onceKey } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import classes from './dossier.module.css';
import type { Detail } from './queries.ts';
import { useDraft } from './useDraft.ts';

/** The thread between the two sides of a dossier. */
export function Messages({ detail }: { detail: Detail }) {
  const { t } = useTranslation(['dossier', 'common']);
  const { id, status } = detail.dossier;
  const queries = useQueryClient();
  const thread = useInfiniteQuery({
    queryKey: ['dossier', id, 'messages'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/dossiers/{id}/messages', {
          params: { path: { id }, query: { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const [typed, type, saved, forget] = useDraft(`message.${id}`, '');
  // One key for one message, however often it is tried.
  const key = useRef(onceKey());
  const send = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/dossiers/{id}/messages', {
          params: { path: { id }, header: { 'Idempotency-Key': key.current } },
          body: { text: typed.trim() },
        }),
      ),
    async onSuccess() {
      key.current = onceKey();
      type('');
      forget();
      await queries.invalidateQueries({ queryKey: ['dossier', id, 'messages'] });
    },
  });
  const messages = thread.data?.pages.flatMap((page) => page.items).toReversed() ?? [];
  const unread = messages.some((message) => !message.read);
  useEffect(() => {
    if (!unread) return;
    void answer(api.PUT('/dossiers/{id}/messages/read', { params: { path: { id } } })).then(
      () => queries.invalidateQueries({ queryKey: ['dossier', id, 'messages'] }),
      () => undefined,
    );
  }, [unread, id, queries]);

  if (status === 'draft') return <EmptyState title={t('messages.draft')} />;
  if (thread.isError) return <ProblemNotice error={thread.error} retry={() => void thread.refetch()} />;
  if (thread.data === undefined) return <Loading rows={5} />;
  return (
    <section aria-label={t('tabs.messages')}>
      {thread.hasNextPage && (
        <Button
          variant="subtle"
          loading={thread.isFetchingNextPage}
          onClick={() => void thread.fetchNextPage()}
        >
          {t('messages.older')}
        </Button>
      )}
      {messages.length === 0 && <EmptyState title={t('messages.none')}>{t('messages.noneHelp')}</EmptyState>}
      <ol className={classes.thread} aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} data-mine={message.mine}>
            <header>
              <strong>
                {message.mine ? (
                  t('messages.you')
                ) : message.authorTitle !== null ? (
                  localText(message.authorTitle)
                ) : (
                  <bdi>{message.authorName}</bdi>
                )}
              </strong>
              <Moment at={message.at} as="time" />
              {!message.read && <span>{t('messages.new')}</span>}
            </header>
            <p dir="auto">{message.text}</p>
          </li>
        ))}
      </ol>
      <form
        data-no-print
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') send.mutate();
        }}
      >
        <Textarea
          label={t('messages.write')}
          description={t('messages.who')}
          rows={3}
          maxLength={4000}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        {send.isError && <ProblemNotice error={send.error} kept={t('kept')} />}
        <div className={classes.remarkTop} style={{ marginBlockStart: 12 }}>
          <Button type="submit" loading={send.isPending} disabled={typed.trim() === ''}>
            {t('messages.send')}
          </Button>
          <SavedState state={saved} />
        </div>
      </form>
    </section>
  );
}
