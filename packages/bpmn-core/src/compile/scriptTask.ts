import type { FlowNode, Script } from '../types.ts';
import { attribute, type Element, idOf } from './element.ts';
import { compileText } from './expressions.ts';
import { byLocalName } from './extension.ts';
import { insteadOf } from './instead.ts';
import { isVariableName } from './names.ts';
import type { Report } from './report.ts';

/**
 * Reads the script of a script task (clause 10.3.3). Text in a diagram is never run as code: only a FEEL expression is a
 * script, and its value must have a variable to go to. Null if the element is no script task, or is refused.
 */
export function readScript(
  element: Element,
  extension: FlowNode['extension'],
  report: Report,
): Script | null {
  if (element.$type !== 'bpmn:ScriptTask') return null;
  const resultVariable = byLocalName(extension, 'resultVariable');
  const text = attribute(element, 'script');
  const fault = faultOf(attribute(element, 'scriptFormat'), text, resultVariable);
  if (fault === null && text !== null && resultVariable !== null) {
    return { expression: compileText(text, idOf(element), report), resultVariable };
  }
  const construct = element.$type;
  const instead = insteadOf(construct);
  const message = `the script task ${fault}, so it is not run; draw instead: ${instead}`;
  report.refuse('unsupported-element', idOf(element), message, { construct, instead });
  return null;
}

function faultOf(format: string | null, text: string | null, resultVariable: string | null): string | null {
  if (format === null) return 'has no scriptFormat';
  if (!/feel/i.test(format)) return `is written in ${format}, not in FEEL`;
  if (text === null) return 'has no script';
  if (resultVariable === null) return 'names no resultVariable';
  return isVariableName(resultVariable) ? null : 'has a resultVariable that is not one word';
}
