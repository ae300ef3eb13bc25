import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { answerWithTag, api } from '../../api/client.ts';
import { Offline, Refusal } from '../../api/problem.ts';
import type { Saved } from '../../components/SavedState.tsx';
import type { Draft, DraftFile } from './queries.ts';

const AFTER_MS = 700;
const AGAIN_MS = 4_000;

/** A draft under work: what is changed is saved a moment later, one save at a time, and kept here while none gets through. */
export interface DraftWork {
  files: DraftFile[];
  /** Entity tag of what the server has. */
  tag: string;
  saved: Saved;
  error: unknown;
  /** Changes files; `null` takes one away. */
  change(files: Record<string, string | null>): void;
  /** Resolves once everything is saved. @throws the refusal that keeps it from being */
  flush(): Promise<string>;
}

/** Works on a draft that has been read. */
export function useDraft(draft: Draft, firstTag: string): DraftWork {
  const queries = useQueryClient();
  const [files, setFiles] = useState(draft.files);
  const [tag, setTag] = useState(firstTag);
  const [saved, setSaved] = useState<Saved>({ is: 'idle' });
  const [error, setError] = useState<unknown>(null);
  const state = useRef({
    tag: firstTag,
    waiting: new Map<string, string | null>(),
    timer: 0,
    running: null as Promise<void> | null,
  });

  const save = useCallback(async (): Promise<void> => {
    const { current } = state;
    clearTimeout(current.timer);
    if (current.running !== null) await current.running.catch(() => undefined);
    if (current.waiting.size === 0) return;
    const sent = new Map(current.waiting);
    const run = async () => {
      setSaved({ is: 'saving' });
      try {
        const { tag: newer } = await answerWithTag(
          api.PATCH('/procedure-drafts/{id}', {
            params: { path: { id: draft.id }, header: { 'If-Match': current.tag } },
            body: { files: [...sent].map(([path, content]) => ({ path, content })) },
          }),
        );
        current.tag = newer;
        for (const [path, content] of sent) {
          if (current.waiting.get(path) === content) current.waiting.delete(path);
        }
        setTag(newer);
        setError(null);
        setSaved(current.waiting.size === 0 ? { is: 'saved', at: Date.now() } : { is: 'saving' });
        void queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
      } catch (cause) {
        setError(cause);
        if (cause instanceof Refusal && cause.status === 412) setSaved({ is: 'conflict' });
        else if (cause instanceof Offline) {
          setSaved({ is: 'here', reason: 'offline' });
          current.timer = window.setTimeout(() => void save().catch(() => undefined), AGAIN_MS);
        } else setSaved({ is: 'idle' });
        throw cause;
      }
    };
    current.running = run();
    try {
      await current.running;
    } finally {
      current.running = null;
    }
    if (current.waiting.size > 0) await save();
  }, [draft.id, queries]);

  const change = useCallback(
    (changed: Record<string, string | null>) => {
      const { current } = state;
      for (const [path, content] of Object.entries(changed)) current.waiting.set(path, content);
      setFiles((old) => {
        const kept = old.filter(({ path }) => !(path in changed));
        const added = Object.entries(changed).flatMap(([path, content]) =>
          content === null ? [] : [{ path, content }],
        );
        return [...kept, ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
      });
      clearTimeout(current.timer);
      current.timer = window.setTimeout(() => void save().catch(() => undefined), AFTER_MS);
    },
    [save],
  );

  const flush = useCallback(async () => {
    await save();
    return state.current.tag;
  }, [save]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (state.current.waiting.size > 0) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('beforeunload', warn);
      // Leaving the page is no reason to lose its last second.
      if (state.current.waiting.size > 0) void save().catch(() => undefined);
    };
  }, [save]);

  return { files, tag, saved, error, change, flush };
}
