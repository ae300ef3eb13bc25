import type { Schema } from '../../api/client.ts';

export type ProcedureSummary = Schema<'ProcedureSummary'>;
