import type { Call, Passed } from '../types.ts';
import { attribute, child, children, type Element, idOf } from './element.ts';
import { compileText } from './expressions.ts';
import type { Extensions } from './extension.ts';
import type { Report } from './report.ts';

/**
 * Reads which process a call activity runs and the data that goes in and out: `in` and `out` extension elements with a
 * `source` variable or `sourceExpression` and a `target`, or with `variables="all"`. Nothing else is passed.
 */
export function readCall(element: Element, extensions: Extensions, report: Report): Call | null {
  const process = attribute(element, 'calledElement');
  if (process === null) {
    const message = 'the call activity calls nothing: name the process in calledElement';
    report.refuse('missing-called-element', idOf(element), message);
    return null;
  }
  extensions.checkText(element, 'calledElement', process);
  const mappings = children(child(element, 'extensionElements') ?? element, 'values');
  const read = (kind: 'in' | 'out') =>
    mappings
      .filter((one) => one.$type.endsWith(`:${kind}`))
      .flatMap((one) => readPassed(element, one, kind, report) ?? []);
  return { process, in: read('in'), out: read('out') };
}

function readPassed(owner: Element, mapping: Element, kind: string, report: Report): Passed | null {
  if (attribute(mapping, 'variables') === 'all') return { source: null, target: null };
  const source = attribute(mapping, 'source') ?? attribute(mapping, 'sourceExpression');
  const target = attribute(mapping, 'target');
  if (source !== null && target !== null) {
    return { source: compileText(source.replace(/^=/, ''), idOf(owner), report), target };
  }
  const message = `${mapping.$type} passes nothing: give it a source and a target, or variables="all"`;
  report.refuse('call-mapping', idOf(owner), message, { mapping: kind });
  return null;
}
