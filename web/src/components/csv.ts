/** Saves rows as a CSV that spreadsheets of any language open right: UTF-8 with its mark, semicolons, one row a line. */
export function saveCsv(name: string, head: string[], rows: (string | number | null)[][]): void {
  const lines = [head, ...rows].map((row) => row.map(cell).join(';'));
  const blob = new Blob([`\uFEFF${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A text that begins as a formula would be run by a spreadsheet: a quote before it keeps it a text. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
