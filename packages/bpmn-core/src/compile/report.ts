import type { Refusal } from '../types.ts';

/** Collects every refusal, so that the author of a diagram sees them all at once. */
export class Report {
  readonly refusals: Refusal[] = [];

  refuse(rule: string, element: string | null, message: string, params: Record<string, string> = {}): void {
    this.refusals.push({ rule, element: element || null, message, params });
  }
}
