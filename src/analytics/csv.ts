/** What a cell may hold; null is an empty cell. */
export type Cell = string | number | null;

/** Texts that a spreadsheet would run as a formula, also behind blanks or in full width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/;

/**
 * Writes a table as CSV (RFC 4180): commas, CRLF after every row, quotes where needed, and a byte order mark so that
 * spreadsheets read Arabic. A text that would run as a formula gets an apostrophe before it.
 * @throws RangeError for a row of another width than the first, or a number that is not finite
 */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  const width = rows[0]?.length ?? 0;
  const lines = rows.map((row) => {
    if (row.length !== width)
      throw new RangeError(`A row has ${row.length} cells where the first has ${width}`);
    return `${row.map(writeCell).join(',')}\r\n`;
  });
  return `\ufeff${lines.join('')}`;
}

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) throw new RangeError(`${cell} cannot be written in a table`);
    return String(cell);
  }
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
