import type { Diagram } from '../diagram.ts';
import type { KnownNames, Problem, ProcedureVersion } from '../types.ts';

/** What a rule looks at. */
export interface LintSubject {
  version: ProcedureVersion;
  diagram: Diagram;
  known: KnownNames;
}

/** Tells what of a procedure breaks one rule; pure, so that the editor can run it too. */
export type Rule = (subject: LintSubject) => Problem[];
