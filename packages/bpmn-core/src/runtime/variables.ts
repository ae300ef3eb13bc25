import type { Variables } from '../types.ts';
import type { Kernel } from './kernel.ts';
import type { LiveToken } from './liveToken.ts';

/**
 * The tokens with local variables around a token, innermost first: only instances of a multi-instance activity have
 * any (clause 10.3.8), and what runs inside a sub-process sees those of the token that waits for it.
 */
function localTokens(kernel: Kernel, token: LiveToken): LiveToken[] {
  const found: LiveToken[] = [];
  let current = token;
  for (;;) {
    if (current.variables !== null) found.push(current);
    if (current.scope === 0) return found;
    current = ownerOf(kernel, current.scope);
  }
}

/** The token that waits for a scope. */
export function ownerOf(kernel: Kernel, scopeId: number): LiveToken {
  const scope = kernel.scopes.find((candidate) => candidate.id === scopeId);
  if (scope === undefined) throw new Error(`the instance has no scope ${scopeId}`);
  return kernel.token(scope.owner);
}

/** Everything a token sees: process variables, hidden by locals of the same name from the outside in. */
export function visibleVariables(kernel: Kernel, token: LiveToken, root: Variables): Variables {
  if (token.scope === 0 && token.variables === null) return root;
  let visible = root;
  for (const local of localTokens(kernel, token).reverse()) visible = { ...visible, ...local.variables };
  return visible;
}

/** Writes each variable where the token sees it defined, else at process level; gives the new process variables. */
export function assignVariables(
  kernel: Kernel,
  token: LiveToken | null,
  root: Variables,
  variables: Variables,
): Variables {
  const names = Object.keys(variables);
  if (names.length === 0) return root;
  const locals =
    token === null || (token.scope === 0 && token.variables === null) ? [] : localTokens(kernel, token);
  if (locals.length === 0) return { ...root, ...variables };
  let changed = root;
  for (const name of names) {
    const value = { [name]: variables[name] ?? null };
    const home = locals.find((local) => local.variables !== null && Object.hasOwn(local.variables, name));
    if (home === undefined) {
      changed = { ...changed, ...value };
    } else {
      home.variables = { ...home.variables, ...value };
      kernel.touch(home);
    }
  }
  return changed;
}
