import type { JsonObject } from '../../../forms/layout.ts';

/** What was typed and is not yet on the server, and what the server had when it was typed. */
export interface LocalCopy {
  application: JsonObject;
  base: JsonObject;
  at: number;
}

const keyOf = (account: string, dossier: string): string => `shubbak.draft.${account}.${dossier}`;

/** Keeps a copy in this browser; a browser that keeps nothing only loses this second safety. */
export function keepCopy(account: string, dossier: string, copy: LocalCopy): void {
  try {
    localStorage.setItem(keyOf(account, dossier), JSON.stringify(copy));
  } catch {
    // Storage is full or forbidden: the server has all but the last second.
  }
}

/** The copy that an earlier visit left, if it could not be sent. */
export function findCopy(account: string, dossier: string): LocalCopy | null {
  try {
    const text = localStorage.getItem(keyOf(account, dossier));
    return text === null ? null : (JSON.parse(text) as LocalCopy);
  } catch {
    return null;
  }
}

/** Forgets the copy: the server has it all, and this may be somebody else's computer. */
export function dropCopy(account: string, dossier: string): void {
  try {
    localStorage.removeItem(keyOf(account, dossier));
  } catch {
    // Nothing was kept.
  }
}
