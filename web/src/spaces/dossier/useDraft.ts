import { useCallback, useEffect, useRef, useState } from 'react';
import type { Saved } from '../../components/SavedState.tsx';

const PREFIX = 'shubbak.typed.';

/** What is being typed, kept on this device until it is sent: a closed tab or a lost sign-in takes nothing away. */
export function useDraft<T>(key: string, empty: T): [T, (value: T) => void, Saved, () => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept = localStorage.getItem(PREFIX + key);
      return kept === null ? empty : (JSON.parse(kept) as T);
    } catch {
      return empty;
    }
  });
  const [saved, setSaved] = useState<Saved>({ is: 'idle' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(next));
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setSaved({ is: 'saved', at: Date.now() }), 400);
      } catch {
        // A browser that keeps nothing still sends what is on the page.
      }
    },
    [key],
  );
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    setSaved({ is: 'idle' });
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // Nothing was kept.
    }
  }, [key]);
  return [value, change, saved, forget];
}
