import { useCallback, useEffect, useState } from 'react';
import type { Schema } from '../api/client.ts';
import type { Sheets } from './sheet.ts';
import { HEAVY, openSheets } from './sheets.ts';

/** Where the opening of a document stands. */
export type Opening =
  | { state: 'none' }
  | { state: 'heavy'; go(): void }
  | { state: 'loading'; part: number }
  | { state: 'failed'; error: unknown; retry(): void }
  | { state: 'ready'; sheets: Sheets };

/** Opens a document for looking at, and closes it when it is no longer looked at. */
export function useSheets(document: Schema<'Document'> | null): Opening {
  const [opening, setOpening] = useState<{ of: string; value: Opening } | null>(null);
  const [allowed, setAllowed] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const again = useCallback(() => setTries((count) => count + 1), []);
  const id = document?.id ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a document never changes under its identifier.
  useEffect(() => {
    if (document === null) return;
    const tell = (value: Opening): void => setOpening({ of: document.id, value });
    if (document.size > HEAVY && allowed !== document.id) {
      tell({ state: 'heavy', go: () => setAllowed(document.id) });
      return;
    }
    const stop = new AbortController();
    let sheets: Sheets | null = null;
    tell({ state: 'loading', part: 0 });
    openSheets(
      document,
      (part) => !stop.signal.aborted && tell({ state: 'loading', part }),
      stop.signal,
    ).then(
      (opened) => {
        sheets = opened;
        if (stop.signal.aborted) opened.close();
        else tell({ state: 'ready', sheets: opened });
      },
      (error: unknown) => {
        if (!stop.signal.aborted) tell({ state: 'failed', error, retry: again });
      },
    );
    return () => {
      stop.abort();
      sheets?.close();
    };
  }, [id, allowed, tries, again]);

  if (id === null) return { state: 'none' };
  return opening?.of === id ? opening.value : { state: 'loading', part: 0 };
}
