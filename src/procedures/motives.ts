import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LocalizedText } from '../domain/json.ts';

/** What a motive may be used for. */
export type MotiveUse = 'remark' | 'refusal' | 'modification';

/** A legal ground in words ready to be used, with the text it rests on; `doubt` says what remains to be confirmed. */
export interface Motive {
  id: string;
  article: string;
  for: MotiveUse[];
  text: LocalizedText;
  source: string;
  doubt: string | null;
}

/** The grounds that the law offers, by procedure. */
export interface Motives {
  of(procedure: string): Motive[];
}

interface MotiveFile {
  id: string;
  version: string;
  procedures: string[];
  motives: Motive[];
}

const text = { type: 'string', minLength: 1, maxLength: 2000 };
const closed = (properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const SCHEMA = closed({
  id: text,
  version: text,
  procedures: { type: 'array', items: text },
  motives: {
    type: 'array',
    items: closed({
      id: text,
      article: text,
      for: { type: 'array', minItems: 1, items: { enum: ['remark', 'refusal', 'modification'] } },
      text: closed({ ar: text, fr: text, en: text }),
      source: text,
      doubt: { type: ['string', 'null'], maxLength: 500 },
    }),
  },
});

/** Reads and checks every file of motives in a folder. @throws Error naming the file that is wrong, or a motive told twice */
export async function loadMotives(dir: string): Promise<Motives> {
  const validate = new Ajv2020({ allErrors: true }).compile<MotiveFile>(SCHEMA);
  const byProcedure = new Map<string, Motive[]>();
  for (const name of (await readdir(dir)).filter((one) => one.endsWith('.json')).sort()) {
    const file: unknown = JSON.parse(await readFile(join(dir, name), 'utf8'));
    if (!validate(file)) throw new Error(`${name}: ${JSON.stringify(validate.errors)}`);
    for (const procedure of file.procedures) {
      const known = byProcedure.get(procedure) ?? [];
      const twice = file.motives.find(({ id }) => known.some((one) => one.id === id));
      if (twice !== undefined) throw new Error(`${name}: ${procedure} has two motives ${twice.id}`);
      byProcedure.set(procedure, [...known, ...file.motives]);
    }
  }
  return { of: (procedure) => byProcedure.get(procedure) ?? [] };
}
