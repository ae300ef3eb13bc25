import { evaluate } from 'feelin';
import { ExpressionError, ModelError } from '../errors.ts';
import type { Expression, Json, Variables } from '../types.ts';
import { lint } from './lint.ts';
import { toJson } from './toJson.ts';

/** What feelin makes of a function definition. */
interface Invocable {
  invoke(positional: []): unknown;
}

const MAX_CACHED = 10_000;
const cache = new Map<string, Expression>();

/** Compiles a FEEL expression once (an optional leading `=` is stripped). @throws ExpressionError if it is not FEEL. */
export function compileExpression(text: string): (variables: Variables) => Json {
  return expression(text).evaluate;
}

/** The compiled expression of a text, shared by all that use the same text. @throws ExpressionError if it is not FEEL. */
export function expression(text: string): Expression {
  const known = cache.get(text);
  if (known) return known;
  const compiled: Expression = Object.freeze({
    text,
    evaluate: compile(text.trim().replace(/^=/, '').trim()),
  });
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, compiled);
  return compiled;
}

/**
 * feelin parses at each evaluation. A function definition is parsed once and reads `seen`, which holds exactly the free
 * names: nothing else can be seen, and a missing variable is null even if a built-in has its name.
 */
function compile(text: string): (variables: Variables) => Json {
  const { names, stateful } = lint(text);
  const seen: Variables = {};
  const build = (): Invocable => {
    const made: unknown = evaluate(`function() (${text}\n)`, seen);
    if (!isInvocable(made)) throw new ExpressionError(text, 'the expression cannot be evaluated');
    return made;
  };
  const shared = build();
  return (variables) => {
    for (const name of names) seen[name] = Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
    try {
      return toJson((stateful ? build() : shared).invoke([]));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ModelError('EXPRESSION_FAILED', `"${text}" cannot be evaluated: ${reason}`);
    } finally {
      for (const name of names) seen[name] = null;
    }
  };
}

function isInvocable(value: unknown): value is Invocable {
  return (
    typeof value === 'object' && value !== null && 'invoke' in value && typeof value.invoke === 'function'
  );
}
