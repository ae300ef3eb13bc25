import { session } from './session.ts';

/**
 * The password given again before signing: the server takes it for a few minutes, so that a batch asks once. Any request
 * that is refused for want of it asks here and is sent again, the same.
 */
export interface Asked {
  /** Keeps what the server answered to the password, and lets what waited go on. */
  give(confirmation: string, expiresIn: number): void;
  /** Nothing is signed. */
  cancel(): void;
}

const HEADER = 'signature-confirmation';
/** Before this much is left, the password is asked for again. */
const MARGIN_MS = 15_000;

let held = '';
let validUntil = 0;
let asked: Asked | null = null;
let waiting: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

session.subscribe(() => {
  if (session.get() !== 'anonymous') return;
  held = '';
  asked?.cancel();
});

function show(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

export const confirmation = {
  header: HEADER,
  /** What is asked now; null for nothing. */
  get: (): Asked | null => asked,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** A confirmation that is still good; null for none. */
  held: (): string | null => (Date.now() < validUntil - MARGIN_MS && held !== '' ? held : null),
  /** Asks for the password unless it was just given. Answers null when the person would rather not. */
  ask(): Promise<string | null> {
    const good = confirmation.held();
    if (good !== null) return Promise.resolve(good);
    waiting ??= new Promise<string | null>((resolve) => {
      const end = (value: string | null) => {
        waiting = null;
        show(null);
        resolve(value);
      };
      show({
        give(given, expiresIn) {
          held = given;
          validUntil = Date.now() + expiresIn * 1000;
          end(given);
        },
        cancel: () => end(null),
      });
    });
    return waiting;
  },
  /** Tells that the server no longer takes the one held. */
  forget(): void {
    held = '';
  },
};
