import type { MultiInstance } from '../types.ts';
import { child, type Element, idOf } from './element.ts';
import { compileText, readExpression } from './expressions.ts';
import { byLocalName, type Extensions } from './extension.ts';
import { insteadOf } from './instead.ts';
import { isVariableName } from './names.ts';
import type { Report } from './report.ts';
import { checkUnderstood } from './understood.ts';

/** Reads the instances of an activity; null if there is one only, if it is a standard loop, or refused. */
export function readMultiInstance(
  element: Element,
  extensions: Extensions,
  report: Report,
): MultiInstance | null {
  const loop = child(element, 'loopCharacteristics');
  if (loop === null || loop.$type === 'bpmn:StandardLoopCharacteristics') return null;
  if (loop.$type !== 'bpmn:MultiInstanceLoopCharacteristics') {
    const instead = insteadOf(loop.$type);
    const message = `${loop.$type} is not supported; draw instead: ${instead}`;
    report.refuse('unsupported-element', idOf(element), message, { construct: loop.$type, instead });
    return null;
  }
  checkUnderstood(loop, report, element);
  const attributes = extensions.attributes(loop, element);
  const collection = byLocalName(attributes, 'collection');
  const elementVariable = byLocalName(attributes, 'elementVariable');
  const cardinality = readExpression(loop, 'loopCardinality', idOf(element), report);
  if ((collection === null) === (cardinality === null)) {
    const message = 'say how many instances there are: either a loop cardinality or a collection, not both';
    report.refuse('multi-instance-count', idOf(element), message);
    return null;
  }
  if (elementVariable !== null && (collection === null || !isVariableName(elementVariable))) {
    const message = `the element variable ${elementVariable} needs a collection, and a name of one word`;
    report.refuse('multi-instance-count', idOf(element), message, { elementVariable });
    return null;
  }
  return {
    sequential: loop.isSequential === true,
    cardinality,
    collection: collection === null ? null : compileText(collection, idOf(element), report),
    elementVariable,
    completionCondition: readExpression(loop, 'completionCondition', idOf(element), report),
  };
}
