import { expect } from 'chai';
import {
  type Command,
  type Context,
  type Definition,
  type MigrationResult,
  migrate,
  type State,
  type StepResult,
  step,
} from '../../src/index.ts';

/**
 * step(), with what is promised of every step checked: input is not changed (it is deeply frozen), the same input gives
 * the same result, the result survives a round trip through JSON, and the state hangs together.
 */
export function checkedStep(
  definition: Definition,
  state: State | null,
  command: Command,
  context: Context,
): StepResult {
  deepFreeze(state);
  deepFreeze(command);
  const result = step(definition, state, command, context);
  const text = JSON.stringify(result);
  const again = step(definition, JSON.parse(JSON.stringify(state)), command, context);
  expect(JSON.stringify(again), 'the same step gives the same result').to.equal(text);
  expect(JSON.parse(text), 'the result survives JSON').to.deep.equal(result);
  checkState(result.state);
  return result;
}

/** migrate(), with the same checks. */
export function checkedMigration(
  ...[from, to, state, mapping, context]: Parameters<typeof migrate>
): MigrationResult {
  deepFreeze(state);
  deepFreeze(mapping);
  const result = migrate(from, to, state, mapping, context);
  const text = JSON.stringify(result);
  const again = migrate(from, to, JSON.parse(JSON.stringify(state)), mapping, context);
  expect(JSON.stringify(again), 'the same migration gives the same result').to.equal(text);
  expect(JSON.parse(text), 'the result survives JSON').to.deep.equal(result);
  if ('state' in result) checkState(result.state);
  return result;
}

/** Throws if a state does not hang together: lost tokens, orphans, tokens that wait for nothing. */
export function checkState(state: State): void {
  const tokens = new Map(state.tokens.map((token) => [token.id, token]));
  expect(tokens.size, 'token ids are unique').to.equal(state.tokens.length);
  const scopes = new Map(state.scopes.map((scope) => [scope.id, scope]));
  for (const token of state.tokens) {
    expect(token.waiting, `token at ${token.node} waits for something`).to.be.a('string');
    if (token.scope !== undefined) expect(scopes.has(token.scope), `scope of ${token.node}`).to.equal(true);
    if (token.of !== undefined) expect(tokens.get(token.of)?.waiting).to.equal('instances');
    const work = ['task', 'job', 'call', 'incident'].includes(token.waiting ?? '');
    expect(token.work !== undefined, `work of ${token.node}`).to.equal(work);
    if (token.waiting === 'subProcess') {
      expect(state.scopes.filter((scope) => scope.owner === token.id)).to.have.length(1);
    }
    if (token.waiting === 'instances') {
      const open = state.tokens.filter((other) => other.of === token.id).length;
      expect(open, `instances of ${token.node}`).to.equal((token.loop?.made ?? 0) - (token.loop?.done ?? 0));
    }
  }
  for (const token of state.tokens) {
    if (token.undoes === undefined) continue;
    expect(tokens.has(token.undoes), `${token.node} undoes something for somebody`).to.equal(true);
  }
  for (const token of state.tokens.filter(({ waiting }) => waiting === 'compensation')) {
    const undoing = state.tokens.filter((other) => other.undoes === token.id).length;
    expect(undoing, `${token.node} waits for what is undone, one after the other`).to.equal(1);
  }
  for (const completed of state.completed ?? []) {
    const there = completed.scope === undefined || scopes.has(completed.scope);
    expect(there, `scope in which ${completed.node} was completed`).to.equal(true);
  }
  for (const scope of state.scopes) {
    expect(tokens.get(scope.owner)?.waiting, `owner of ${scope.node}`).to.equal('subProcess');
    expect(tokens.get(scope.owner)?.scope).to.equal(scope.parent);
    expect(
      state.tokens.some((token) => token.scope === scope.id),
      `${scope.node} is not empty`,
    ).to.equal(true);
  }
  for (const subscription of state.subscriptions) {
    const known = subscription.token === 0 || tokens.has(subscription.token);
    expect(known, `subscription at ${subscription.node}`).to.equal(true);
  }
  const left =
    state.tokens.length + state.scopes.length + state.subscriptions.length + (state.completed?.length ?? 0);
  if (state.status !== 'active') expect(left, 'nothing is left of an ended instance').to.equal(0);
  else expect(state.tokens, 'an active instance has tokens').not.to.have.length(0);
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
}
