import { evaluate, parseExpression, parseUnaryTests, unaryTest } from 'feelin';
import type { Json, JsonObject } from '../domain/json.ts';

type Kind = 'expression' | 'test';

/** Foreign syntax that the interpreter would partly accept and then compute something else. */
const FOREIGN: readonly RegExp[] = [/[$#]\{/, /={2,}/, /!(?!=)/, /&&/, /\|\|/, /'/, /`/, /;/, /%/];

/** FEEL's functions of values that give the same result at each use; whatever else is called is refused. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  ...[
    'not',
    'number',
    'string',
    'substring',
    'string length',
    'upper case',
    'lower case',
    'substring before',
  ],
  ...[
    'substring after',
    'contains',
    'starts with',
    'ends with',
    'matches',
    'split',
    'list contains',
    'count',
  ],
  ...[
    'min',
    'max',
    'sum',
    'mean',
    'all',
    'any',
    'append',
    'concatenate',
    'union',
    'distinct values',
    'decimal',
  ],
  ...['floor', 'ceiling', 'abs', 'modulo', 'round up', 'round down', 'is defined', 'date', 'duration'],
]);

/**
 * Tells what is not FEEL in an expression or a decision table's test, with the roots of the names it may read
 * (`null`: any); null when all is well.
 */
export function feelFault(text: string, kind: Kind, roots: ReadonlySet<string> | null = null): string | null {
  if (text.trim() === '') return 'empty';
  if (text.length > 2000) return 'longer than 2000 characters';
  if (kind === 'expression' && text.trimStart().startsWith('=')) return 'starts with =';
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const pattern of FOREIGN) {
    const found = pattern.exec(bare);
    if (found !== null) return `foreign syntax ${found[0]}`;
  }
  let fault: string | null = null;
  const tree = kind === 'test' ? parseUnaryTests(text) : parseExpression(text);
  tree.iterate({
    enter({ node }) {
      if (fault !== null) return false;
      const read = text.slice(node.from, node.to);
      if (node.type.isError) fault = `syntax error at character ${node.from + 1}`;
      else if (node.name === 'FunctionInvocation') {
        const called = node.firstChild === null ? '' : text.slice(node.firstChild.from, node.firstChild.to);
        if (!FUNCTIONS.has(called.replace(/\s+/g, ' '))) fault = `unknown function ${called}`;
      } else if (node.name === 'VariableName')
        fault = nameFault(read, node.parent?.name ?? '', isRoot(node), roots);
      else if (node.name === 'FunctionDefinition') fault = 'defines a function';
      else if (node.name === '?' && kind === 'expression') fault = '? outside a test';
      return undefined;
    },
  });
  return fault;
}

type Node = ReturnType<typeof parseExpression>['topNode'];

/** The first name of a path, or a name that stands alone. */
const isRoot = (node: Node): boolean =>
  node.parent?.name !== 'PathExpression' || node.parent.firstChild?.from === node.from;

function nameFault(
  read: string,
  parent: string,
  root: boolean,
  roots: ReadonlySet<string> | null,
): string | null {
  if (parent === 'FunctionInvocation') return null;
  if (/\s/.test(read)) return `${read} is not a name`;
  if (/^(__proto__|constructor|prototype)$/.test(read)) return `${read} is not a name of data`;
  return root && roots !== null && !roots.has(read) ? `unknown name ${read}` : null;
}

/** Value of a FEEL expression over facts; null where FEEL says so. */
export function feelValue(expression: string, facts: JsonObject): Json {
  const value: unknown = evaluate(expression, facts);
  return isJson(value) ? value : null;
}

/** Tells whether a value passes a decision table's test, written as a FEEL unary test; what is unknown does not. */
export function feelTest(test: string, value: Json, facts: JsonObject): boolean {
  return unaryTest(test, { ...facts, '?': value }) === true;
}

function isJson(value: unknown): value is Json {
  if (value === null || ['boolean', 'string'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value as object).every(isJson);
}
