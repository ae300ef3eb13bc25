import { BSONRegExp } from 'bson';
import { badValue, MongoError } from '../errors.ts';
import type { Value } from '../values/value.ts';

/** Compiles a pattern with MongoDB's option letters; `x` has no counterpart and is refused. */
export function compileRegex(pattern: string, options: string): RegExp {
  for (const option of options)
    if (!'imsu'.includes(option)) throw badValue(`unsupported regular expression option: ${option}`);
  const flags = options.replaceAll('u', '');
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    // Unicode mode refuses harmless escapes such as `\-`, which MongoDB's own dialect takes.
    return withoutUnicode(pattern, flags);
  }
}

function withoutUnicode(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (cause) {
    throw new MongoError(51091, `Regular expression is invalid: ${(cause as Error).message}`);
  }
}

/** Tells whether a text matches; values that are not text never do. */
export function matchesRegex(regex: RegExp, value: Value): boolean {
  return typeof value === 'string' && regex.test(value);
}

/** The literal text every match of `^text…` begins with, or undefined when there is none to use an index by. */
export function literalPrefix(operand: Value): string | undefined {
  const isPattern = operand instanceof BSONRegExp;
  const flags = isPattern ? operand.options : '';
  const source = isPattern ? operand.pattern : operand;
  if (flags !== '' || typeof source !== 'string' || source.includes('|')) return undefined;
  const literal = /^\^([\p{L}\p{N}\s_\-:/@,]+)(.?)/su.exec(source);
  if (!literal) return undefined;
  const [, text = '', next = ''] = literal;
  return '*?{'.includes(next) && next !== '' ? [...text].slice(0, -1).join('') || undefined : text;
}
