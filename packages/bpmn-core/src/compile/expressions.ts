import { ExpressionError } from '../errors.ts';
import { expression } from '../feel/expression.ts';
import type { Expression } from '../types.ts';
import { attribute, child, type Element } from './element.ts';
import type { Report } from './report.ts';

/** Stands for an expression that was refused, so that the rules still see that there is one. */
const REFUSED: Expression = { text: '', evaluate: () => null };

/** Compiles the expression inside a property of an element, on account of `owner`; null if there is none. */
export function readExpression(
  element: Element,
  property: string,
  owner: string,
  report: Report,
): Expression | null {
  const formal = child(element, property);
  const text = formal === null ? null : attribute(formal, 'body');
  if (formal === null) return null;
  if (text === null) {
    report.refuse('invalid-expression', owner, `${property} is empty`, { expression: '', reason: 'empty' });
    return REFUSED;
  }
  const language = attribute(formal, 'language') ?? documentLanguage(element);
  if (language !== null && !/feel/i.test(language)) {
    const message = `expressions are FEEL, not ${language}`;
    report.refuse('foreign-expression-language', owner, message, { language });
    return REFUSED;
  }
  return compileText(text, owner, report);
}

/** Compiles an expression that is written in an attribute. */
export function compileText(text: string, owner: string, report: Report): Expression {
  if (!report.allowsExpression(text)) return REFUSED;
  try {
    return expression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const params = { expression: text.slice(0, 200), reason: error.message };
    report.refuse('invalid-expression', owner, `"${params.expression}": ${error.message}`, params);
    return REFUSED;
  }
}

/** The expression language of the document, if it is written there. */
function documentLanguage(element: Element): string | null {
  let root = element;
  while (typeof root.$parent === 'object' && root.$parent !== null) root = root.$parent as Element;
  return Object.hasOwn(root, 'expressionLanguage') ? attribute(root, 'expressionLanguage') : null;
}
