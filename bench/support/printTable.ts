import type { BenchReport } from './report.ts';

/** Prints a report for a person to read. */
export function printTable(report: BenchReport): void {
  const lines = [`${report.bench} (store: ${report.store})`];
  for (const { measure, unit, store, ours, peers, ratio } of report.results) {
    const rows: [string, number][] = [['ours', ours], ...Object.entries(peers)];
    const width = Math.max(...rows.map(([label]) => label.length));
    lines.push('', `${measure}, ${unit}${store === undefined ? '' : ` (store: ${store})`}`);
    for (const [label, figure] of rows) {
      lines.push(`  ${label.padEnd(width)}  ${figure.toLocaleString('en').padStart(12)}`);
    }
    if (ratio !== null) lines.push(`  ratio to the best peer: ${ratio.toLocaleString('en')}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
