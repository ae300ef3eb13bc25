import { transformSync } from 'esbuild';
import ts from 'typescript';

/** One small fault that can be put into a source file: a piece of text that another takes the place of. */
export interface Mutant {
  readonly file: string;
  readonly from: number;
  readonly to: number;
  readonly by: string;
  /** What kind of fault it is, e.g. `equality`. */
  readonly kind: string;
  /** 1-based. */
  readonly line: number;
  readonly original: string;
  /** Where the innermost function around it begins; null for what runs when the file is loaded. */
  readonly within: number | null;
}

type Fault = readonly [kind: string, node: ts.Node, by: string];

/** Every mutant of a file, in the order of the text; each of them can be parsed. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = parse(file, text);
  const found: Mutant[] = [];
  const visit = (node: ts.Node, within: number | null): void => {
    if (isOnlyForTypes(node)) return;
    const inner = isFunction(node) ? node.getStart(source) : within;
    for (const [kind, target, by] of faultsOf(node, source)) {
      const from = target.getStart(source);
      const to = target.getEnd();
      const { line } = source.getLineAndCharacterOfPosition(from);
      const mutant = {
        file,
        from,
        to,
        by,
        kind,
        line: line + 1,
        original: text.slice(from, to),
        within: inner,
      };
      if (isParsed(apply(text, mutant))) found.push(mutant);
    }
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, null);
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The text of a file with a mutant in it. */
export const apply = (text: string, { from, to, by }: Pick<Mutant, 'from' | 'to' | 'by'>): string =>
  text.slice(0, from) + by + text.slice(to);

export const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);

/** Whether a node is a function with a body. */
export const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** The compiler's parser is more forgiving than what makes the programs: `a ?? b && c`. */
function isParsed(text: string): boolean {
  try {
    transformSync(text, { loader: 'ts', logLevel: 'silent' });
    return true;
  } catch {
    return false;
  }
}

/** What is gone when the file runs, and what only says where things come from. */
const isOnlyForTypes = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node);

/** Operators, and what each becomes. */
const OPERATORS: Readonly<Record<string, readonly [kind: string, ...by: string[]]>> = {
  '===': ['equality', '!=='],
  '!==': ['equality', '==='],
  '<': ['comparison', '<=', '>='],
  '<=': ['comparison', '<', '>'],
  '>': ['comparison', '>=', '<='],
  '>=': ['comparison', '>', '<'],
  '&&': ['logic', '||'],
  '||': ['logic', '&&'],
  '??': ['logic', '&&'],
  '+': ['arithmetic', '-'],
  '-': ['arithmetic', '+'],
  '*': ['arithmetic', '/'],
  '/': ['arithmetic', '*'],
  '+=': ['arithmetic', '-='],
  '-=': ['arithmetic', '+='],
};

/** Methods, and what each becomes. */
const METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
};

/** Methods that can be left out. */
const LEFT_OUT = new Set(['filter', 'reverse', 'slice', 'sort', 'trim']);

function faultsOf(node: ts.Node, source: ts.SourceFile): Fault[] {
  const text = (part: ts.Node) => part.getText(source);
  if (ts.isBinaryExpression(node)) {
    const [kind, ...by] = OPERATORS[text(node.operatorToken)] ?? [''];
    const joins = kind === 'arithmetic' && [node.left, node.right].some((side) => isText(side));
    return joins ? [] : by.map((other) => [kind, node.operatorToken, other] as const);
  }
  if (ts.isIfStatement(node)) return decided(node.expression);
  if (ts.isConditionalExpression(node)) return decided(node.condition);
  if (ts.isWhileStatement(node)) return [['condition', node.expression, 'false']];
  if (ts.isForStatement(node) && node.condition) return [['condition', node.condition, 'false']];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [['boolean', node, 'false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [['boolean', node, 'true']];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [['boolean', node, `(${text(node.operand)})`]];
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return stepped(node, text(node));
  if (ts.isStringLiteral(node)) return isName(node) ? [['text', node, "''"]] : [];
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 ? [['list', node, '[]']] : [];
  if (ts.isBlock(node)) return node.statements.length > 0 ? [['block', node, '{}']] : [];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [['result', node.body, 'undefined']];
  if (ts.isExpressionStatement(node)) return isAlone(node) ? [] : [['statement', node, ';']];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (LEFT_OUT.has(name.text)) return [['method', node, text(expression)]];
    const other = Object.hasOwn(METHODS, name.text) ? METHODS[name.text] : undefined;
    return other === undefined ? [] : [['method', name, other]];
  }
  return [];
}

const decided = (condition: ts.Expression): Fault[] => [
  ['condition', condition, 'true'],
  ['condition', condition, 'false'],
];

function stepped(node: ts.Node, text: string): Fault[] {
  if (text.includes('++')) return [['arithmetic', node, text.replace('++', '--')]];
  if (text.includes('--')) return [['arithmetic', node, text.replace('--', '++')]];
  return [];
}

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) || ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node);

/** A text that names something; what is written for people, with blanks in it, may change without a fault. */
function isName(node: ts.StringLiteral): boolean {
  const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  return node.text !== '' && !/\s/.test(node.text) && !isKey;
}

/** The only statement of its block: without it the block is empty, which is a mutant already. */
const isAlone = (node: ts.Statement): boolean =>
  ts.isBlock(node.parent) && node.parent.statements.length === 1;
