import type { Json, JsonObject } from '../domain/json.ts';
import { assessTax } from './assessTax.ts';
import { evaluateTable } from './evaluateTable.ts';
import { feelFault, feelTest, feelValue } from './feel.ts';
import { type CommuneFacts, ruleFacts, tableFor } from './ruleFacts.ts';
import type { DecisionRow, DecisionTable, Piece, ProcedureVersion } from './types.ts';

/** What a project would be asked for, as far as the answers given so far tell. */
export interface Assessment {
  /** Whether this procedure is for the project; null while the answers leave it open. */
  serves: boolean | null;
  /** Null while the answers leave it open, and where the procedure makes no such difference. */
  size: { size: 'small' | 'large'; rule: string; article: string; doubt: string | null } | null;
  /** Pieces that this project needs, or may need: `needed` is null while an answer is missing. */
  pieces: { piece: Piece; needed: true | null }[];
  /** Null while the answers do not tell it, and where the procedure knows no tax. */
  tax: TaxEstimate | null;
  /** JSON pointers of the answers that would tell more: those for the size first, then the tax's, then the pieces'. */
  unanswered: string[];
}

/** What the tax would be by the rates that are known, and between what the law lets a commune choose. */
export interface TaxEstimate {
  amount: number;
  lowest: number | null;
  highest: number | null;
  lines: { label: string; quantity: number; rate: number; amount: number }[];
  exemption: string | null;
  article: string;
  doubt: string | null;
}

type Rules = Pick<ProcedureVersion, 'settings' | 'decisions' | 'forms'>;

/** Tells what can be told of an application that is filled in only in part: what is not answered is never guessed. */
export function assess(rules: Rules, answers: JsonObject, commune: CommuneFacts): Assessment {
  const open = openQuestions(rules, answers);
  const facts = ruleFacts(rules.settings, answers, commune);
  const { decisions } = rules.settings;
  const classifies = decisions.classification !== undefined;
  const size = classifies ? sizeOf(tableFor(rules, 'classification'), facts, open) : NOTHING;
  const tax = decisions.tax === undefined ? NOTHING : taxOf(rules, answers, commune, facts, open);
  const pieces = rules.settings.pieces.flatMap((piece): Assessment['pieces'] => {
    if (piece.when === null) return [{ piece, needed: true }];
    if (open(piece.when, 'expression').length > 0) return [{ piece, needed: null }];
    return feelValue(piece.when, answers) === true ? [{ piece, needed: true }] : [];
  });
  const forPieces = rules.settings.pieces.flatMap(({ when }) =>
    when === null ? [] : open(when, 'expression'),
  );
  return {
    serves: classifies ? size.found && size.found.size === 'small' : true,
    size: size.found,
    pieces,
    tax: tax.found,
    unanswered: [...new Set([...size.missing, ...tax.missing, ...forPieces])],
  };
}

const NOTHING = { found: null, missing: [] };

/** Pointers that an expression reads and that nobody has answered. */
type Open = (text: string, kind: 'expression' | 'test') => string[];

function openQuestions({ settings, forms }: Rules, answers: JsonObject): Open {
  const schema = forms[settings.forms.application]?.schema ?? {};
  return (text, kind) => {
    return pathsOf(text, kind).flatMap((path) => {
      const pointer = openAt(schema, answers, path);
      return pointer === null ? [] : [pointer];
    });
  };
}

/** Cells are the same at every question: what they read is worked out once. */
const paths = new Map<string, string[][]>();
const MOST_KEPT = 10_000;

function pathsOf(text: string, kind: 'expression' | 'test'): string[][] {
  const key = `${kind} ${text}`;
  const known = paths.get(key);
  if (known !== undefined) return known;
  const read: string[][] = [];
  feelFault(text, kind, (path) => read.push(path) > 0);
  if (paths.size >= MOST_KEPT) paths.clear();
  paths.set(key, read);
  return read;
}

/** Where on its way a path meets what is not answered yet; null: it is answered, or no question of the form. */
function openAt(schema: JsonObject, answers: JsonObject, path: string[]): string | null {
  let at: Json | undefined = schema;
  let value: Json | undefined = answers;
  for (const [depth, step] of path.entries()) {
    const properties: Json | undefined = isObject(at) ? at.properties : undefined;
    if (!isObject(properties) || !Object.hasOwn(properties, step)) return null;
    at = properties[step];
    if (value === null) return null;
    value = isObject(value) ? value[step] : undefined;
    const isGroup = isObject(at) && at.type === 'object';
    if (value === undefined && !isGroup) return `/${path.slice(0, depth + 1).join('/')}`;
  }
  return null;
}

/** The rows that may still apply, up to the first that surely does, and what would tell them apart. */
function candidates(
  table: DecisionTable,
  facts: JsonObject,
  open: Open,
): { rows: DecisionRow[]; missing: string[] } {
  const rows: DecisionRow[] = [];
  const missing: string[] = [];
  const columns = table.inputs.map(({ name, expression }) => {
    const text = expression ?? name;
    const unknown = open(text, 'expression');
    return { unknown, value: unknown.length > 0 ? null : feelValue(text, facts) };
  });
  for (const row of table.rows) {
    const unknown: string[] = [];
    let fits = true;
    for (const [index, test] of row.when.entries()) {
      const column = columns[index];
      if (test === '-' || column === undefined || !fits) continue;
      const unanswered = [...column.unknown, ...open(test, 'test')];
      if (unanswered.length > 0) unknown.push(...unanswered);
      else fits = feelTest(test, column.value, facts);
    }
    if (!fits) continue;
    rows.push(row);
    // One answer may settle a row: the next is asked for only when it did not.
    missing.push(...unknown.slice(0, 1));
    if (unknown.length === 0) break;
  }
  return { rows, missing: [...new Set(missing)] };
}

function sizeOf(
  table: DecisionTable,
  facts: JsonObject,
  open: Open,
): { found: Assessment['size']; missing: string[] } {
  const { rows, missing } = candidates(table, facts, open);
  const column = table.outputs.findIndex(({ name }) => name === 'size');
  const sizes = new Set(rows.map((row) => feelValue(row.then[column] ?? 'null', facts)));
  const [size] = sizes;
  const last = rows.at(-1);
  if (sizes.size !== 1 || last === undefined || (size !== 'small' && size !== 'large')) {
    return { found: null, missing };
  }
  return { found: { size, rule: last.id, article: last.article, doubt: last.doubt ?? null }, missing: [] };
}

function taxOf(
  rules: Rules,
  answers: JsonObject,
  commune: CommuneFacts,
  facts: JsonObject,
  open: Open,
): { found: TaxEstimate | null; missing: string[] } {
  const table = tableFor(rules, 'tax');
  const { rows, missing } = candidates(table, facts, open);
  const [row] = rows;
  const quantities = rows.flatMap(({ then }) => then.flatMap((cell) => open(cell, 'expression')));
  const needed = [...new Set([...missing, ...quantities])];
  if (row === undefined || rows.length > 1 || needed.length > 0) return { found: null, missing: needed };
  const { amount, lines, exemption } = assessTax(rules, answers, commune);
  const { outputs, article, doubt } = evaluateTable(table, facts);
  const range = rangeOf(outputs.rateRange);
  const counted = lines.filter(({ rate, label }) => label !== 'fixed' && rate > 0);
  const between = (rate: number) =>
    Math.round(counted.reduce((sum, { quantity }) => sum + quantity * rate, 0) * 100) / 100;
  return {
    found: {
      amount,
      lowest: range === null ? null : between(range[0]),
      highest: range === null ? null : between(range[1]),
      lines,
      exemption,
      article,
      doubt,
    },
    missing: [],
  };
}

function rangeOf(range: Json | undefined): [number, number] | null {
  if (!Array.isArray(range)) return null;
  const [low, high] = range;
  return typeof low === 'number' && typeof high === 'number' ? [low, high] : null;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
