import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import type { Shortcut } from './shortcut.ts';

const active = new Map<symbol, Shortcut[]>();
const listeners = new Set<() => void>();
let shown: Shortcut[] = [];

function publish(): void {
  shown = [...active.values()].flat();
  for (const listener of listeners) listener();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select, [role="textbox"], [role="combobox"]'));

/** Gives a page its keys while it is shown; they sleep while somebody types or a dialog is open. `?` lists them. */
export function useKeys(shortcuts: Shortcut[]): void {
  useEffect(() => {
    const id = Symbol('keys');
    active.set(id, shortcuts);
    publish();
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      // Enter and space belong to the thing that has the focus.
      if (
        (event.key === 'Enter' || event.key === ' ') &&
        event.target instanceof HTMLElement &&
        event.target.matches('a, button, summary, [role="button"]')
      )
        return;
      const found = shortcuts.find((one) => one.key === event.key);
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
      active.delete(id);
      publish();
    };
  }, [shortcuts]);
}

/** The list is fetched when it is first asked for. */
const KeyList = lazy(async () => ({ default: (await import('./KeyList.tsx')).KeyList }));

/** Lists the keys of the page that is shown. */
export function KeyHelp() {
  const [opened, setOpened] = useState(false);
  const shortcuts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) setOpened(true);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <KeyList shortcuts={shortcuts} close={() => setOpened(false)} />
    </Suspense>
  );
}
