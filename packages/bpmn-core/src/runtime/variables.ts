import type { Variables } from '../types.ts';
import type { Kernel } from './kernel.ts';
import { LiveToken } from './liveToken.ts';

/**
 * The tokens with local variables around a token, innermost first: instances of an activity that loops (clause 10.3.8) and
 * activities with a mapping have any, and what runs inside a sub-process sees those of the token that waits for it.
 */
function localTokens(kernel: Kernel, token: LiveToken): LiveToken[] {
  const found: LiveToken[] = [];
  let current = token;
  for (;;) {
    if (hasLocals(current)) found.push(current);
    if (current.scope === 0) return found;
    current = ownerOf(kernel, current.scope);
  }
}

const hasLocals = (token: LiveToken): boolean => token.variables !== null || token.mapped !== null;

/** The token that waits for a scope. */
export function ownerOf(kernel: Kernel, scopeId: number): LiveToken {
  const scope = kernel.scopes.find((candidate) => candidate.id === scopeId);
  if (scope === undefined) throw new Error(`the instance has no scope ${scopeId}`);
  return kernel.token(scope.owner);
}

/** A token without the variables of its own: what sits on an activity sees what is around it. */
export const around = ({ id, scope, node }: LiveToken): LiveToken => new LiveToken(id, scope, node);

/** Everything a token sees: process variables, hidden by locals of the same name from the outside in. */
export function visibleVariables(kernel: Kernel, token: LiveToken, root: Variables): Variables {
  if (token.scope === 0 && !hasLocals(token)) return root;
  let visible = root;
  for (const local of localTokens(kernel, token).reverse()) {
    visible = { ...visible, ...local.variables, ...local.mapped };
  }
  return visible;
}

/**
 * Writes each variable where the token sees it defined, else at process level; an activity with outputs lets nothing
 * through to what is around it. Gives the new process variables.
 */
export function assignVariables(
  kernel: Kernel,
  token: LiveToken | null,
  root: Variables,
  variables: Variables,
): Variables {
  const names = Object.keys(variables);
  if (names.length === 0) return root;
  const locals = token === null || (token.scope === 0 && !hasLocals(token)) ? [] : localTokens(kernel, token);
  if (locals.length === 0) return { ...root, ...variables };
  let changed = root;
  for (const name of names) {
    const value = { [name]: variables[name] ?? null };
    if (!assignLocally(kernel, locals, name, value)) changed = { ...changed, ...value };
  }
  return changed;
}

/** Writes a variable in the innermost of the places that has it or lets nothing through; whether there was one. */
function assignLocally(
  kernel: Kernel,
  locals: readonly LiveToken[],
  name: string,
  value: Variables,
): boolean {
  for (const local of locals) {
    const { mapped, variables } = local;
    const keepsAll = (local.node.mapping?.outputs.length ?? 0) > 0;
    if (mapped !== null && (keepsAll || Object.hasOwn(mapped, name))) local.mapped = { ...mapped, ...value };
    else if (variables !== null && Object.hasOwn(variables, name))
      local.variables = { ...variables, ...value };
    else continue;
    kernel.touch(local);
    return true;
  }
  return false;
}
