import type { Refusal } from '../types.ts';

/** Characters of expressions that are compiled in one document. */
const MAX_EXPRESSIONS = 25_000;

/** Collects every refusal, so that the author of a diagram sees them all at once. */
export class Report {
  readonly refusals: Refusal[] = [];
  private expressions = 0;

  refuse(rule: string, element: string | null, message: string, params: Record<string, string> = {}): void {
    this.refusals.push({ rule, element: element || null, message, params });
  }

  /** Whether one more expression may be compiled; a document that asks for too much of it is refused, once. */
  allowsExpression(text: string): boolean {
    const before = this.expressions;
    this.expressions += text.length;
    if (this.expressions <= MAX_EXPRESSIONS) return true;
    if (before <= MAX_EXPRESSIONS) {
      const message = `the expressions of the document have more than ${MAX_EXPRESSIONS} characters`;
      this.refuse('too-many-expressions', null, message, { limit: String(MAX_EXPRESSIONS) });
    }
    return false;
  }
}
