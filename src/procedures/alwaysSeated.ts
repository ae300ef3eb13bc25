import { BODY_KINDS, type BodyKind } from '../domain/party.ts';
import { evaluateTable } from './evaluateTable.ts';
import { feelValue } from './feel.ts';
import { type CommuneFacts, type Rules, ruleFacts, tableFor } from './ruleFacts.ts';

/**
 * The kinds of body without which no file of a commune can be studied: its secretariat, and members who sit for every
 * project; null for a procedure without committee.
 */
export function alwaysSeated(
  rules: Rules,
  commune: CommuneFacts,
): { secretariat: BodyKind; members: BodyKind[] } | null {
  const { committee, members: membership } = rules.settings.decisions;
  if (committee === undefined || membership === undefined) return null;
  const facts = ruleFacts(rules.settings, {}, commune);
  const secretariat = kindOf(evaluateTable(tableFor(rules, 'committee'), facts).outputs.secretariatKind);
  if (secretariat === null) return null;
  const members = tableFor(rules, 'members');
  const column = members.outputs.findIndex(({ name }) => name === 'kind');
  const kinds = members.rows
    .filter(({ when }) => when.every((test) => test === '-'))
    .map(({ then }) => kindOf(feelValue(then[column] ?? 'null', facts)))
    .filter((kind) => kind !== null);
  return { secretariat, members: [...new Set(kinds)] };
}

const kindOf = (value: unknown): BodyKind | null => BODY_KINDS.find((known) => known === value) ?? null;
