import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { problem } from './problems.ts';
import type { Problem, ProcedureSource } from './types.ts';

// ajv-formats is CommonJS: its function is the default of the default.
const addFormats = addFormatsModule.default;

const code = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]{0,59}$' };
const line = { type: 'string', minLength: 1, maxLength: 1000, pattern: '\\S' };
const day = { type: 'string', format: 'date' };
const feel = { type: 'string', minLength: 1, maxLength: 2000 };
const doubt = { type: ['string', 'null'], minLength: 1, maxLength: 1000 };
const formId = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}/[a-z][a-z0-9-]{0,60}$' };
const slug = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' };
const name = closed({ ar: line, fr: line, en: line });
const object = { type: 'object' };
const many = (items: object, maxItems = 500, minItems = 0) => ({ type: 'array', items, minItems, maxItems });
const byName = (names: object, values: object) => ({
  type: 'object',
  maxProperties: 200,
  propertyNames: names,
  additionalProperties: values,
});

const settings = closed(
  {
    id: slug,
    numberType: { type: 'string', pattern: '^[A-Z]{1,6}$' },
    name,
    words: name,
    inForceFrom: day,
    legalBasis: many(closed({ article: line, text: name }), 100, 1),
    silenceIsApproval: { type: 'boolean' },
    timeLimits: many(
      closed(
        {
          id: code,
          inForceFrom: day,
          inForceTo: { type: ['string', 'null'], format: 'date' },
          amount: { type: 'integer', minimum: 1, maximum: 3660 },
          unit: { enum: ['workingDays', 'calendarDays'] },
          article: line,
          source: line,
          doubt,
          cap: { const: true },
        },
        ['cap'],
      ),
      50,
      1,
    ),
    pieces: many(
      closed(
        {
          code,
          name,
          kind: { enum: ['principal', 'information'] },
          when: { ...feel, type: ['string', 'null'] },
          article: line,
          plan: { type: 'boolean' },
          accept: many({ type: 'string', pattern: '^[a-z]+/[a-z0-9.+-]+$' }, 20, 1),
          doubt: { ...doubt, type: 'string' },
        },
        ['doubt'],
      ),
      100,
      1,
    ),
    decisions: closed({ classification: code, committee: code, members: code, tax: code }, [
      'classification',
      'committee',
      'members',
      'tax',
    ]),
    forms: closed({ application: formId }),
    parameters: byName(code, closed({ value: {}, unit: line, article: line, source: line, doubt })),
    licence: many(name, 30, 1),
  },
  ['licence', 'words'],
);

const column = closed({ name: code, expression: feel }, ['expression']);
const table = closed({
  id: code,
  name,
  hitPolicy: { enum: ['FIRST', 'COLLECT'] },
  source: line,
  inputs: many(column, 50, 1),
  outputs: many(column, 50, 1),
  rows: many(
    closed(
      {
        id: code,
        when: many(feel, 50, 1),
        // biome-ignore lint/suspicious/noThenProperty: it is a schema of rows, never awaited
        then: many(feel, 50, 1),
        article: line,
        doubt: { ...doubt, type: 'string' },
      },
      ['doubt'],
    ),
    1000,
    1,
  ),
});
const form = closed({
  id: formId,
  schema: object,
  ui: object,
  texts: closed({ ar: object, fr: object, en: object }),
});

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(
  closed({
    id: slug,
    settings,
    diagram: { type: 'string', minLength: 1, maxLength: 5_000_000 },
    forms: byName(formId, form),
    decisions: byName(code, table),
  }),
);

/** Tells what in a procedure's files is not what `types.ts` says they hold; nothing else can be checked before. */
export function shapeProblems(source: ProcedureSource): Problem[] {
  if (!validate(source)) {
    return (validate.errors ?? []).slice(0, 100).map((error) => {
      const params = JSON.stringify(error.params);
      const where = error.instancePath === '' ? '/' : error.instancePath;
      return problem(
        'shape',
        where,
        `${where} : règle « ${error.keyword} » non respectée ${params}`,
        `${where}: لم تُحترم القاعدة «${error.keyword}» ${params}`,
        `${where} breaks the rule “${error.keyword}” ${params}`,
      );
    });
  }
  return [
    ...mismatch('settings', source.settings.id, source.id),
    ...Object.entries(source.forms).flatMap(([key, { id }]) => mismatch(`forms ${key}`, id, key)),
    ...Object.entries(source.decisions).flatMap(([key, { id }]) => mismatch(`decisions ${key}`, id, key)),
  ];
}

function mismatch(where: string, found: string, expected: string): Problem[] {
  if (found === expected) return [];
  return [
    problem(
      'shape',
      where,
      `${where} : identifiant « ${found} » au lieu de « ${expected} »`,
      `${where}: المعرف «${found}» بدل «${expected}»`,
      `${where} has the id “${found}”, not “${expected}”`,
    ),
  ];
}

/** An object that allows nothing beside its properties and requires all but the optional ones. */
function closed(properties: Record<string, object>, optional: string[] = []) {
  const required = Object.keys(properties).filter((property) => !optional.includes(property));
  return { type: 'object', additionalProperties: false, properties, required };
}
