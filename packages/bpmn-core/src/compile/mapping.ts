import type { Assignment, DataMapping } from '../types.ts';
import { attribute, child, children, type Element, idOf } from './element.ts';
import { compileText } from './expressions.ts';
import { isEvaluated, isMapping, localName, refuseCode } from './extension.ts';
import { isVariableName } from './names.ts';
import type { Report } from './report.ts';

/** Reads the mapping of an activity: what it is given when it begins, and gives when it is left. Null if it has none. */
export function readMapping(element: Element, report: Report): DataMapping | null {
  const extensions = child(element, 'extensionElements');
  const found = extensions === null ? [] : children(extensions, 'values').filter(isMapping);
  if (found.length > 1) refuse(element, 'there are two mappings: write them as one', report);
  const inputs: Assignment[] = [];
  const outputs: Assignment[] = [];
  for (const part of found[0]?.$children ?? []) {
    const assignment = readAssignment(element, part, report);
    if (assignment === null) continue;
    if (localName(part).startsWith('input')) inputs.push(assignment);
    else outputs.push(assignment);
  }
  return inputs.length + outputs.length === 0 ? null : { inputs, outputs };
}

/** The attribute that names the variable, by the name of the part. */
const TARGETS: Readonly<Record<string, string>> = {
  input: 'target',
  output: 'target',
  inputParameter: 'name',
  outputParameter: 'name',
};

/** Reads `<input source="…" target="…"/>` or `<inputParameter name="…">…</inputParameter>`. */
function readAssignment(element: Element, part: Element, report: Report): Assignment | null {
  const naming = TARGETS[localName(part)];
  const [inner] = part.$children ?? [];
  if (naming === undefined || inner !== undefined) {
    refuseCode(element, (inner ?? part).$type, report);
    return null;
  }
  const target = attribute(part, naming) ?? '';
  const text = attribute(part, naming === 'name' ? '$body' : 'source');
  if (!isVariableName(target)) {
    return refuse(element, `${part.$type} needs a ${naming}, the variable, of one word`, report);
  }
  if (text === null) return refuse(element, `${part.$type} gives ${target} no value`, report);
  if (isEvaluated(text)) {
    refuseCode(element, part.$type, report);
    return null;
  }
  return { target, source: text.startsWith('=') ? compileText(text, idOf(element), report) : text };
}

function refuse(element: Element, message: string, report: Report): null {
  report.refuse('invalid-mapping', idOf(element), message);
  return null;
}
