import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { QualityRules } from '../domain/quality.ts';

/** The content of `<dir>/pieces.json`: thresholds with their sources. */
interface QualityFile {
  version: string;
  resolution: { plan: number; other: number };
  pixels: { longerSide: number };
  sheets: { sizes: [number, number][]; tolerance: number; longest: number };
  tone: { dark: number; faint: number; skew: number; blankInk: number };
  pieces: Record<string, { leastPages?: number; pixels?: number; source: string; doubt?: string }>;
}

const text = { type: 'string', minLength: 1 };
const above = (most: number) => ({ type: 'number', exclusiveMinimum: 0, maximum: most });
const part = above(1);
function closed(properties: Record<string, object>, optional: string[] = []) {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    properties,
  };
}
const grounded = (properties: Record<string, object>, optional: string[] = []) =>
  closed({ ...properties, source: text, doubt: text }, [...optional, 'doubt']);

const SCHEMA = closed({
  id: text,
  version: text,
  resolution: grounded({ plan: above(2400), other: above(2400) }),
  pixels: grounded({ longerSide: above(50_000) }),
  sheets: grounded({
    sizes: {
      type: 'array',
      minItems: 1,
      items: { type: 'array', minItems: 2, maxItems: 2, items: above(5000) },
    },
    tolerance: above(100),
    longest: above(20_000),
  }),
  tone: grounded({ dark: part, faint: part, skew: above(45), blankInk: part }),
  pieces: {
    type: 'object',
    additionalProperties: grounded({ leastPages: above(1000), pixels: above(50_000) }, [
      'leastPages',
      'pixels',
    ]),
  },
});

/** Reads the thresholds of the quality gate. @throws Error naming the entry when the file is not as it must be */
export async function loadQualityRules(directory: string): Promise<QualityRules> {
  const path = join(directory, 'pieces.json');
  const file: unknown = JSON.parse(await readFile(path, 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  if (!ajv.validate(SCHEMA, file)) throw new Error(`${path}: ${ajv.errorsText(ajv.errors)}`);
  const { version, resolution, pixels, sheets, tone, pieces } = file as unknown as QualityFile;
  const { dark, faint, skew, blankInk } = tone;
  return {
    version,
    resolution: { plan: resolution.plan, other: resolution.other },
    pixels: pixels.longerSide,
    sheets: { sizes: sheets.sizes, tolerance: sheets.tolerance, longest: sheets.longest },
    dark,
    faint,
    skew,
    blankInk,
    pieces: Object.fromEntries(
      Object.entries(pieces).map(([code, { leastPages, pixels }]) => [
        code,
        {
          ...(leastPages === undefined ? {} : { leastPages }),
          ...(pixels === undefined ? {} : { pixels }),
        },
      ]),
    ),
  };
}
