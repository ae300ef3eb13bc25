import type { JsonObject } from '../../domain/json.ts';
import { executionOf, type Token } from './library.ts';
import { marksOf } from './marks.ts';

/** The variables of the process, as data of the instance. */
export function processVariables(token: Token): JsonObject {
  const instance: { data?: JsonObject } = executionOf(token).instance;
  return instance.data ?? {};
}

/** All a token sees: process variables, hidden by those of its instance of a multi-instance activity. */
export function visibleVariables(token: Token): JsonObject {
  return { ...processVariables(token), ...marksOf(token).locals };
}
