import { parseExpression } from 'feelin';
import { ExpressionError } from '../errors.ts';
import { BUILTINS, NON_DETERMINISTIC } from './builtins.ts';

type Tree = ReturnType<typeof parseExpression>;
type Node = Tree['topNode'];

/** What an expression needs from outside, known once it has been found to be FEEL. */
export interface Linted {
  /** Free names, in order of first use. */
  readonly names: readonly string[];
  /** feelin remembers how it first read a filter that is not a literal: such an expression is compiled at each use. */
  readonly stateful: boolean;
}

const MAX_LENGTH = 2_000;
/** The parser's time grows faster than the depth of what it reads. */
const MAX_DEPTH = 15;
const MAX_CLAUSES = 10;

/** Foreign syntax, with what FEEL writes instead; feelin would accept some of it and compute something else. */
const FOREIGN: readonly [pattern: RegExp, found: string, instead: string][] = [
  [/[$#]\{/, '${', 'write the FEEL expression itself'],
  [/!==/, '!==', 'write !='],
  [/={2,}/, '==', 'write ='],
  [/&&/, '&&', 'write and'],
  [/\|\|/, '||', 'write or'],
  [/!(?!=)/, '!', 'write not(…)'],
  [/'/, "'", 'write "…"'],
  [/`/, '`', 'write "…" or a plain name'],
  [/;/, ';', 'write one expression'],
  [/%/, '%', 'write modulo(…, …)'],
  [/\?/, '?', 'write if … then … else …'],
  [/=>/, '=>', 'write >= or a built-in function'],
];

/** Nodes of the FEEL grammar that are understood here; the rest (function definitions, instance of …) is refused. */
const UNDERSTOOD: ReadonlySet<string> = new Set(
  (
    'Expression VariableName Identifier Comparison CompareOp NumericLiteral StringLiteral BooleanLiteral null ' +
    'Conjunction Disjunction ArithmeticExpression ArithOp ParenthesizedExpression FunctionInvocation ' +
    'PositionalParameters NamedParameters NamedParameter ParameterName Name IfExpression QuantifiedExpression ' +
    'InExpressions InExpression ForExpression IterationContext FilterExpression PathExpression List Context ' +
    'ContextEntry Key Interval PositiveUnaryTests PositiveUnaryTest SimplePositiveUnaryTest DateTimeLiteral ' +
    'DateTimeConstructor AtLiteral BlockComment LineComment ' +
    'and or in between if then else some every satisfies for return date time duration ' +
    '( ) [ ] { } . , :'
  ).split(' '),
);

/** Names that reach behind the data in the host language. */
const HIDDEN = /^(__proto__|constructor|prototype)$/;

/** Checks that a text is FEEL, and deterministic; feelin alone would let much else pass. @throws ExpressionError */
export function lint(text: string): Linted {
  const refuse = (message: string): never => {
    throw new ExpressionError(text, message);
  };
  if (text.length > MAX_LENGTH) refuse(`an expression has at most ${MAX_LENGTH} characters`);
  if (text.trim() === '') refuse('the expression is empty');
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');
  for (const [pattern, found, instead] of FOREIGN) {
    if (pattern.test(bare)) refuse(`"${found}" is not FEEL: ${instead}`);
  }
  if (depthOf(bare) > MAX_DEPTH) refuse(`brackets are nested more than ${MAX_DEPTH} deep`);
  if ((bare.match(/\b(for|some|every|if)\b/g) ?? []).length > MAX_CLAUSES) {
    refuse(`an expression has at most ${MAX_CLAUSES} clauses (for, some, every, if)`);
  }
  const names = new Set<string>();
  const called = new Set<string>();
  let stateful = false;
  parseExpression(text).iterate({
    enter(reference) {
      const node = reference.node;
      if (node.type.isError) refuse(`FEEL syntax error at character ${node.from + 1}`);
      if (!UNDERSTOOD.has(node.name)) refuse(`${node.name} is not supported here`);
      switch (node.name) {
        case 'Identifier':
          if (HIDDEN.test(slice(text, node))) refuse(`"${slice(text, node)}" is not a name of data`);
          break;
        case 'NumericLiteral':
          if (/e/i.test(slice(text, node))) refuse('FEEL has no exponents in numbers');
          break;
        case 'SimplePositiveUnaryTest':
          if (isTest(node)) break;
          if (node.firstChild?.name === 'Interval')
            refuse('a range stands behind "in", and is no value of its own');
          refuse('a comparison needs a left side');
          break;
        case 'IterationContext':
          if (node.firstChild?.nextSibling) refuse('iterate over a list, not over a range of numbers');
          break;
        case 'FilterExpression':
          if (node.lastChild?.prevSibling?.name === 'VariableName') stateful = true;
          if (node.lastChild?.prevSibling?.name === 'PathExpression') stateful = true;
          break;
        case 'AtLiteral':
        case 'DateTimeLiteral':
          if (isFloating(text, node)) refuse('a date and time needs its offset, e.g. "2026-01-31T12:00:00Z"');
          break;
        case 'FunctionInvocation':
          called.add(calledName(text, node, refuse));
          break;
        case 'VariableName':
          readName(text, node, names, refuse);
          break;
      }
    },
  });
  for (const name of called) if (names.has(name)) refuse(`"${name}" names both a variable and a function`);
  return { names: [...names], stateful };
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ('([{'.includes(character)) deepest = Math.max(deepest, ++depth);
    else if (')]}'.includes(character)) depth--;
  }
  return deepest;
}

const slice = (text: string, node: Node): string => text.slice(node.from, node.to);

/** Whether a comparison without left side is one of the tests behind `in`. */
function isTest(node: Node): boolean {
  let around = node.parent;
  while (around?.name === 'ParenthesizedExpression') around = around.parent;
  return around?.name === 'PositiveUnaryTest';
}

/** The built-in function that is called; a method call has no built-in name and is refused. */
function calledName(text: string, node: Node, refuse: (message: string) => never): string {
  const callee = node.firstChild;
  if (callee?.name !== 'VariableName')
    return refuse('FEEL has no methods: call a built-in function, e.g. contains(a, b)');
  const name = slice(text, callee).replace(/\s+/g, ' ');
  if (NON_DETERMINISTIC.has(name))
    refuse(`${name}() gives another result each time: pass the value as a variable`);
  if (!BUILTINS.has(name)) refuse(`"${name}" is not a function of FEEL that runs here`);
  return name;
}

/** Collects a free name; members of a path and called functions are none. */
function readName(text: string, node: Node, names: Set<string>, refuse: (message: string) => never): void {
  const parent = node.parent;
  if (parent?.name === 'FunctionInvocation' && parent.firstChild?.from === node.from) return;
  const words = slice(text, node).split(/\s+/);
  if (words.length > 1) refuse(`"${words.join(' ')}" is not FEEL: a name is one word`);
  if (parent?.name === 'PathExpression' && parent.firstChild?.from !== node.from) return;
  const word = words[0];
  if (word !== undefined) names.add(word);
}

/** A literal date and time without offset means another instant on each machine. */
function isFloating(text: string, node: Node): boolean {
  const literal = /"(\d{4}-\d\d-\d\dT[^"]*|T?\d\d:\d\d[^"]*)"/.exec(slice(text, node));
  return literal?.[1] !== undefined && !/(Z|[+-]\d\d:?\d\d|@.+)$/i.test(literal[1]);
}
