import { readDiagram } from './diagram.ts';
import { conditions } from './lint/conditions.ts';
import { decisionCells } from './lint/decisionCells.ts';
import { decisions } from './lint/decisions.ts';
import { everythingDrawn } from './lint/everythingDrawn.ts';
import { formBounds } from './lint/formBounds.ts';
import { formLayout } from './lint/formLayout.ts';
import { formSchemas } from './lint/formSchemas.ts';
import { formTexts } from './lint/formTexts.ts';
import { knownAttributes } from './lint/knownAttributes.ts';
import { limitsWithinTotal } from './lint/limitsWithinTotal.ts';
import { looseEnds } from './lint/looseEnds.ts';
import { namesInLanguages } from './lint/namesInLanguages.ts';
import { pieces } from './lint/pieces.ts';
import { readable } from './lint/readable.ts';
import { references } from './lint/references.ts';
import { serviceHandler } from './lint/serviceHandler.ts';
import { stages } from './lint/stages.ts';
import { startForm } from './lint/startForm.ts';
import type { Rule } from './lint/subject.ts';
import { taskBody } from './lint/taskBody.ts';
import { taskForm } from './lint/taskForm.ts';
import { taskHandler } from './lint/taskHandler.ts';
import { taskLimit } from './lint/taskLimit.ts';
import { taskParty } from './lint/taskParty.ts';
import { taskRoles } from './lint/taskRoles.ts';
import { timeLimits } from './lint/timeLimits.ts';
import { uniqueNames } from './lint/uniqueNames.ts';
import type { KnownNames, Problem, ProcedureVersion } from './types.ts';

/** The rules that a procedure must obey to be published, by name. */
export const RULES: Readonly<Record<string, Rule>> = {
  readable,
  namesInLanguages,
  uniqueNames,
  references,
  looseEnds,
  everythingDrawn,
  knownAttributes,
  stages,
  startForm,
  taskRoles,
  taskForm,
  taskHandler,
  taskBody,
  taskParty,
  taskLimit,
  limitsWithinTotal,
  serviceHandler,
  conditions,
  timeLimits,
  pieces,
  decisions,
  decisionCells,
  formSchemas,
  formBounds,
  formTexts,
  formLayout,
};

/** Tells everything for which a procedure cannot be published; an empty list means that it can. */
export async function lintProcedure(version: ProcedureVersion, known: KnownNames): Promise<Problem[]> {
  const diagram = await readDiagram(version.diagram);
  const problems: Problem[] = [];
  for (const rule of Object.values(RULES)) {
    problems.push(...rule({ version, diagram, known }));
    // A node that checks a procedure goes on answering others.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return problems;
}
