import { failedToParse, MongoError } from '../errors.ts';
import type { Document, Value } from '../values/value.ts';
import { getField, isDocument, setField } from '../values/value.ts';
import { operators } from './expressionOperators.ts';

/** Computes a value from a document; `undefined` means missing. */
export type Expression = (document: Document) => Value;

/** Reads an expression: a field path, a literal, a document or array of expressions, or an operator. */
export function compileExpression(spec: Value): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) return compilePath(spec);
  if (Array.isArray(spec)) {
    const items = spec.map(compileExpression);
    return (document) => items.map((item) => item(document) ?? null);
  }
  return isDocument(spec) ? compileDocument(spec) : () => spec;
}

function compilePath(path: string): Expression {
  if (path === '$$ROOT' || path === '$$CURRENT') return (document) => document;
  if (path.startsWith('$$')) {
    if (path.startsWith('$$ROOT.')) return compilePath(`$${path.slice('$$ROOT.'.length)}`);
    throw new MongoError(17276, `Use of undefined variable: ${path.slice(2)}`);
  }
  const parts = path.slice(1).split('.');
  if (parts.some((part) => part === '' || part.startsWith('$')))
    throw new MongoError(16410, `'${path}' is not a valid field path`);
  return (document) => follow(document, parts, 0);
}

/** Follows a path; through an array it gives the array of what its documents hold. */
function follow(value: Value, parts: readonly string[], at: number): Value {
  if (at === parts.length) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      isDocument(item) || Array.isArray(item) ? follow(item, parts, at) : undefined,
    );
    return items.filter((item) => item !== undefined);
  }
  return isDocument(value) ? follow(getField(value, parts[at] as string), parts, at + 1) : undefined;
}

function compileDocument(spec: Document): Expression {
  const keys = Object.keys(spec);
  if (keys[0]?.startsWith('$')) {
    if (keys.length > 1)
      throw new MongoError(15983, 'An object representing an expression must have exactly one field');
    return compileOperator(keys[0], spec[keys[0]]);
  }
  const fields = keys.map((key) => {
    if (key.startsWith('$')) throw failedToParse(`unexpected operator ${key} in a document`);
    return { key, value: compileExpression(spec[key]) };
  });
  return (document) => {
    const made: Document = {};
    for (const { key, value } of fields) {
      const computed = value(document);
      if (computed !== undefined) setField(made, key, computed);
    }
    return made;
  };
}

function compileOperator(name: string, operand: Value): Expression {
  if (name === '$literal') return () => operand;
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) throw new MongoError(168, `Unrecognized expression '${name}'`);
  const { args, min, max } = operator;
  const given = named(name, operand, args) ?? (Array.isArray(operand) ? operand : [operand]);
  if (given.length < min || given.length > max)
    throw new MongoError(
      16020,
      `Expression ${name} takes ${min} to ${max} arguments. ${given.length} were passed in.`,
    );
  const compiled = given.map(compileExpression);
  return (document) => operator.compute(compiled.map((argument) => () => argument(document)));
}

/** Arguments given by name, in the order the operator lists them. */
function named(operator: string, operand: Value, args: readonly string[] | undefined): Value[] | undefined {
  if (!args || !isDocument(operand)) return undefined;
  for (const key of Object.keys(operand))
    if (!args.includes(key)) throw new MongoError(40415, `Unrecognized argument to ${operator}: ${key}`);
  for (const key of args)
    if (!(key in operand)) throw new MongoError(17080, `Missing '${key}' parameter to ${operator}`);
  return args.map((key) => operand[key]);
}
