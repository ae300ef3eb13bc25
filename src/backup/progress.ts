/** Tells how far a long work is, every few seconds; short work says nothing. */
export interface Progress {
  /** Begins a part of the work that handles so many bytes. */
  begin(what: string, total: number): void;
  /** Bytes done since the last call. */
  add(bytes: number): void;
}

const EVERY_MS = 3_000;

/** Writes lines such as "files: 40 % of 12.3 GB". */
export function progressLines(write: (line: string) => void, now: () => number = Date.now): Progress {
  let [what, total, done, saidAt] = ['', 0, 0, now()];
  return {
    begin(next, bytes) {
      [what, total, done] = [next, bytes, 0];
    },
    add(bytes) {
      done += bytes;
      if (now() - saidAt < EVERY_MS) return;
      saidAt = now();
      write(`${what}: ${Math.min(100, Math.floor((done / (total || 1)) * 100))} % of ${bytesText(total)}`);
    },
  };
}

/** Writes a number of bytes as people read it. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
