/** One key of a page: `key` as KeyboardEvent names it, and what it does, in words. */
export interface Shortcut {
  key: string;
  label: string;
  run: () => void;
}
