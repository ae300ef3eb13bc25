import { DomainError } from '../../domain/errors.ts';
import { BODY_KINDS, ROLES } from '../../domain/party.ts';
import type { Refusal } from '../../engine/interpreter.ts';
import { NOTICES, SERVICE_HANDLERS, TASK_HANDLERS } from '../../handlers/names.ts';
import { buildVersion } from '../../procedures/buildVersion.ts';
import { lintProcedure } from '../../procedures/lintProcedure.ts';
import type { Problem, ProcedureSource, ProcedureVersion } from '../../procedures/types.ts';
import { inWords } from './refusalWords.ts';

/** Why the engine that runs here would not run a diagram as BPMN says; empty when it would. */
export type CheckDiagram = (xml: string) => Promise<Refusal[]>;

/** What a diagram may call, for the lint. */
export const KNOWN = {
  taskHandlers: new Set<string>(TASK_HANDLERS),
  serviceHandlers: new Set<string>(SERVICE_HANDLERS),
  notices: new Set<string>(NOTICES),
  roles: new Set<string>(ROLES),
  bodyKinds: new Set<string>(BODY_KINDS),
};

/** Refusals of documents made to exhaust whoever reads them: nothing else reads these. */
const HOSTILE = ['too-large', 'doctype', 'too-many-elements', 'too-deep'];

/**
 * All for which a procedure cannot be published: by our rules and by the engine's profile. The engine looks first, since it
 * refuses what is made to exhaust a reader before anything reads it.
 */
export async function problemsOf(
  checkDiagram: CheckDiagram,
  source: ProcedureSource,
  published: { publishedAt: number; publishedBy: string; note: string },
): Promise<{ version: ProcedureVersion | null; problems: Problem[] }> {
  const refusals = typeof source.diagram === 'string' ? await checkDiagram(source.diagram) : [];
  const ofEngine = refusals.map((refusal) => ({
    rule: refusal.rule,
    element: refusal.element,
    message: inWords(refusal),
  }));
  if (refusals.some(({ rule }) => HOSTILE.includes(rule))) return { version: null, problems: ofEngine };
  try {
    const version = await buildVersion(source, published);
    return { version, problems: [...(await lintProcedure(version, KNOWN)), ...ofEngine] };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'PROCEDURE_REFUSED') throw error;
    return { version: null, problems: error.details.problems as unknown as Problem[] };
  }
}
