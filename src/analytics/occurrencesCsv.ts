import { writeCsv } from './csv.ts';

/** One occurrence as the table of occurrences shows it; instants are ISO 8601, durations seconds. */
export interface OccurrenceRow {
  dossierNumber: string | null;
  procedure: string;
  version: string | null;
  flowNode: string;
  body: string | null;
  /** Code of the commune. */
  territory: string;
  startedAt: number;
  endedAt: number | null;
  outcome: string;
  elapsedSeconds: number;
  workingSeconds: number;
}

const COLUMNS = [
  'dossierNumber',
  'procedure',
  'version',
  'flowNode',
  'body',
  'territory',
  'startedAt',
  'endedAt',
  'outcome',
  'elapsedSeconds',
  'workingSeconds',
] as const;

/** Writes occurrences as a CSV table, in the order given. */
export function occurrencesCsv(rows: readonly OccurrenceRow[]): string {
  return writeCsv([
    COLUMNS,
    ...rows.map((row) =>
      COLUMNS.map((column) => {
        const value = row[column];
        return (column === 'startedAt' || column === 'endedAt') && value !== null
          ? new Date(value).toISOString()
          : value;
      }),
    ),
  ]);
}
