import { StateError } from '../errors.ts';
import type { State } from '../types.ts';

type Members = Readonly<Record<string, unknown>>;

/** Turns a stored state of one schema into one of the next. */
export type Upgrade = (older: Members) => Members;

/** One upgrade for each schema there has been: the first is from schema 1 to 2, so the last leads to the present one. */
const UPGRADES: readonly Upgrade[] = [];

/**
 * Reads a stored state of this or an older version as one that can be stepped; what was given is not changed.
 * @throws StateError if it is no state, or that of a newer version
 */
export const upgradeState = (json: unknown): State => upgradeBy(UPGRADES, json);

/** The same with other upgrades, of which the last leads to the schema that is wanted. */
export function upgradeBy(upgrades: readonly Upgrade[], json: unknown): State {
  if (!isObject(json)) throw new StateError('a state is an object');
  const present = upgrades.length + 1;
  const { schema } = json;
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1) {
    throw new StateError(`a state has a schema, a number from 1, not ${JSON.stringify(schema)}`);
  }
  if (schema > present) {
    throw new StateError(`the state has schema ${schema}, but this version knows none after ${present}`);
  }
  let state: Members = json;
  for (const [index, upgrade] of upgrades.entries()) {
    if (index + 1 >= schema) state = { ...upgrade(state), schema: index + 2 };
  }
  const damaged = Object.keys(MEMBERS).filter((name) => !MEMBERS[name]?.(state[name]));
  if (damaged.length > 0) throw new StateError(`a state lacks, or has a wrong, ${damaged.join(', ')}`);
  return state as unknown as State;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): boolean => typeof value === 'string';

/** What every state of the present schema has. */
const MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  definition: isText,
  process: isText,
  status: (value) => /^(active|completed|terminated|cancelled|failed)$/.test(String(value)),
  sequence: Number.isInteger,
  variables: isObject,
  tokens: Array.isArray,
  scopes: Array.isArray,
  subscriptions: Array.isArray,
};
