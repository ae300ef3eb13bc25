import type { StandardLoop } from '../types.ts';
import { child, type Element, idOf } from './element.ts';
import { readExpression } from './expressions.ts';
import type { Extensions } from './extension.ts';
import type { Report } from './report.ts';
import { checkUnderstood } from './understood.ts';

/** Reads the standard loop of an activity (clause 10.3.8); null if it has none, or it is refused. */
export function readStandardLoop(
  element: Element,
  extensions: Extensions,
  report: Report,
): StandardLoop | null {
  const loop = child(element, 'loopCharacteristics');
  if (loop?.$type !== 'bpmn:StandardLoopCharacteristics') return null;
  checkUnderstood(loop, report, element);
  extensions.attributes(loop, element);
  const condition = readExpression(loop, 'loopCondition', idOf(element), report);
  const maximum = typeof loop.loopMaximum === 'number' ? loop.loopMaximum : null;
  if (maximum !== null && !(maximum >= 1)) {
    const message = 'loopMaximum is a number of iterations, at least 1';
    report.refuse('loop-maximum', idOf(element), message, { maximum: String(maximum) });
    return null;
  }
  if (condition === null && maximum === null) {
    const message =
      'the loop would never end: give it a loop condition, true while it goes on, or a loopMaximum';
    report.refuse('loop-without-end', idOf(element), message);
    return null;
  }
  return { testBefore: loop.testBefore === true, condition, maximum };
}
