import { evaluate, parseExpression, parseUnaryTests, unaryTest } from 'feelin';
import type { Json, JsonObject } from '../domain/json.ts';

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

/** Tells whether the facts have a name, given as the steps of its path. */
export type KnowsName = (path: string[]) => boolean;

/** Tells what is not FEEL in an expression or a decision table's test, or what it reads that is not there; null: nothing. */
export function feelFault(
  text: string,
  kind: 'expression' | 'test',
  knows: KnowsName = () => true,
): string | null {
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
      if (fault === null) fault = nodeFault(node, text, kind, knows);
      return fault === null;
    },
  });
  return fault;
}

type Node = ReturnType<typeof parseExpression>['topNode'];

function nodeFault(node: Node, text: string, kind: 'expression' | 'test', knows: KnowsName): string | null {
  const read = text.slice(node.from, node.to);
  if (node.type.isError) return `syntax error at character ${node.from + 1}`;
  if (/^(ForExpression|QuantifiedExpression|FunctionDefinition|InstanceOfExpression)$/.test(node.name)) {
    return `${node.name} is not supported`;
  }
  if (node.name === '?' && kind === 'expression') return '? outside a test';
  if (node.name === 'SimplePositiveUnaryTest' && node.parent?.name === 'SimplePositiveUnaryTest') {
    return 'a comparison of a comparison';
  }
  if (node.name === 'FunctionInvocation') {
    const called = node.firstChild === null ? '' : text.slice(node.firstChild.from, node.firstChild.to);
    return FUNCTIONS.has(called.replace(/\s+/g, ' ')) ? null : `unknown function ${called}`;
  }
  const isPath = node.name === 'PathExpression' && node.parent?.name !== 'PathExpression';
  const isName =
    node.name === 'VariableName' &&
    !['PathExpression', 'FunctionInvocation'].includes(node.parent?.name ?? '');
  if (!isPath && !isName) return null;
  const path = read.split('.').map((step) => step.trim());
  return path.every((step) => /^[A-Za-z_]\w*$/.test(step)) && knows(path) ? null : `unknown name ${read}`;
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
