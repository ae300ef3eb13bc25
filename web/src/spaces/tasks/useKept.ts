import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '../../api/queries.ts';
import type { Saved } from '../../components/SavedState.tsx';

interface Kept<T> {
  value: T;
  at: number;
}

const name = (account: string, key: string) => `shubbak.typed.${account}.${key}`;

/**
 * What a person types for a task, kept on this device as they type: closing the page, a second tab on the same task, a
 * sign-in that ends, lose nothing. Two tabs show the same text. It is forgotten when the task is done.
 */
export function useKept<T>(
  key: string,
  initial: T,
): [value: T, set: (next: T | ((old: T) => T)) => void, saved: Saved] {
  const account = useMe()?.id ?? '';
  const place = name(account, key);
  const [state, setState] = useState<Kept<T>>(() => read<T>(place) ?? { value: initial, at: 0 });
  const latest = useRef(state);
  latest.current = state;

  // The account may only be known a moment after the page.
  useEffect(() => {
    const found = read<T>(place);
    if (found !== null && found.at > latest.current.at) setState(found);
    const hear = (event: StorageEvent) => {
      if (event.key !== place) return;
      const told = read<T>(place);
      if (told !== null && told.at > latest.current.at) setState(told);
    };
    addEventListener('storage', hear);
    return () => removeEventListener('storage', hear);
  }, [place]);

  const set = useCallback(
    (next: T | ((old: T) => T)) => {
      const value = typeof next === 'function' ? (next as (old: T) => T)(latest.current.value) : next;
      const kept = { value, at: Date.now() };
      latest.current = kept;
      setState(kept);
      try {
        localStorage.setItem(place, JSON.stringify(kept));
      } catch {
        // A browser that keeps nothing still shows what was typed.
      }
    },
    [place],
  );
  return [state.value, set, state.at === 0 ? { is: 'idle' } : { is: 'saved', at: state.at }];
}

/** Forgets what was typed for a task. */
export function forgetKept(account: string, key: string): void {
  try {
    localStorage.removeItem(name(account, key));
  } catch {
    // Nothing was kept.
  }
}

function read<T>(place: string): Kept<T> | null {
  try {
    const text = localStorage.getItem(place);
    return text === null ? null : (JSON.parse(text) as Kept<T>);
  } catch {
    return null;
  }
}
