import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DomainError } from '../domain/errors.ts';
import type { LocalizedText } from '../domain/json.ts';

/** Levels of the administration, each with the levels that its parent may have. */
const PARENT_KINDS = {
  region: [],
  province: ['region'],
  prefecture: ['region'],
  commune: ['province', 'prefecture'],
  arrondissement: ['commune'],
} as const;
export type TerritoryKind = keyof typeof PARENT_KINDS;

/** A region, province, prefecture, commune or arrondissement. */
export interface Territory {
  /** `RR.PPP.CC.cc`: region, province, circle, commune; shorter for the levels above. */
  code: string;
  kind: TerritoryKind;
  parent: string | null;
  name: Required<LocalizedText>;
  /** Communes and arrondissements. */
  setting: 'urban' | 'rural' | null;
  /** Inhabitants at the census named by the file; null where not known. */
  population: number | null;
  /** Communes and arrondissements: more than 50,000 inhabitants at the last census (RGC 10, 15); null: not known. */
  aboveFiftyThousand: boolean | null;
  /** False when the sources do not settle the Arabic spelling; `note` says how they differ. */
  arChecked: boolean;
  /** True when the code is ours, for want of an official one. */
  ownCode: boolean;
  note: string | null;
}

/** Who studies the files of a commune depends on this: its own one-stop shop, or the province's committee. */
export type PopulationClass = 'aboveFiftyThousand' | 'upToFiftyThousand' | 'unknown';

/** All territories that the reference data knows. */
export interface Territories {
  /** @throws DomainError TERRITORY_NOT_FOUND */
  get(code: string): Territory;
  find(code: string): Territory | null;
  /** Communes without their arrondissements, by code. */
  communes(): Territory[];
  /** Provinces and prefectures, by code. */
  provinces(): Territory[];
  /** Province or prefecture of a commune or arrondissement. @throws DomainError TERRITORY_NOT_FOUND */
  provinceOf(commune: string): Territory;
  /** Territories right under a parent, of a kind, or both; by code. */
  list(filter?: { parent?: string; kind?: TerritoryKind }): Territory[];
  /** @throws DomainError TERRITORY_NOT_FOUND when the code is not that of a commune or arrondissement */
  populationClass(commune: string): PopulationClass;
}

/** Thrown when a file of territories is unreadable or contradicts itself or another; the message names file and entry. */
export class TerritoryDataError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerritoryDataError';
  }
}

/**
 * Reads every `*.json` of a folder: a region is added by adding its file.
 * @throws TerritoryDataError
 */
export async function loadTerritories(dir: string): Promise<Territories> {
  const byCode = new Map<string, Territory>();
  const fileOf = new Map<string, string>();
  const files = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new TerritoryDataError(`${dir} holds no file of territories`);
  for (const file of files) {
    for (const territory of await readTerritories(join(dir, file))) {
      const other = fileOf.get(territory.code);
      if (other) throw new TerritoryDataError(`${file}: code ${territory.code} is given already in ${other}`);
      byCode.set(territory.code, territory);
      fileOf.set(territory.code, file);
    }
  }
  for (const territory of byCode.values()) {
    const problem = problemOfParent(territory, byCode);
    if (problem) throw new TerritoryDataError(`${fileOf.get(territory.code)}: ${territory.code} ${problem}`);
  }
  return territoriesOf(byCode);
}

function territoriesOf(byCode: Map<string, Territory>): Territories {
  const all = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const find = (code: string): Territory | null => byCode.get(code) ?? null;
  const get = (code: string): Territory => {
    const territory = find(code);
    if (!territory) throw new DomainError('TERRITORY_NOT_FOUND', { territory: code });
    return territory;
  };
  const isProvince = ({ kind }: Territory): boolean => kind === 'province' || kind === 'prefecture';
  return {
    find,
    get,
    communes: () => all.filter(({ kind }) => kind === 'commune'),
    provinces: () => all.filter(isProvince),
    provinceOf(commune) {
      let territory = get(commune);
      while (!isProvince(territory)) {
        if (territory.parent === null) throw new DomainError('TERRITORY_NOT_FOUND', { territory: commune });
        territory = get(territory.parent);
      }
      return territory;
    },
    list: ({ parent, kind } = {}) =>
      all.filter(
        (territory) =>
          (parent === undefined || territory.parent === parent) &&
          (kind === undefined || territory.kind === kind),
      ),
    populationClass(commune) {
      const { kind, aboveFiftyThousand: above } = get(commune);
      if (kind !== 'commune' && kind !== 'arrondissement') {
        throw new DomainError('TERRITORY_NOT_FOUND', { territory: commune });
      }
      return above === null ? 'unknown' : above ? 'aboveFiftyThousand' : 'upToFiftyThousand';
    },
  };
}

/** A territory as the file gives it: what is absent is null, checked and not of our making. */
type TerritoryEntry = Pick<Territory, 'code' | 'kind' | 'parent' | 'name'> & Partial<Territory>;

const text = { type: 'string', minLength: 1 };
const SCHEMA = closed({
  id: text,
  version: text,
  /** Where each field comes from, by field. */
  sources: { type: 'object', additionalProperties: text },
  territories: {
    type: 'array',
    minItems: 1,
    items: closed(
      {
        code: { type: 'string', pattern: '^\\d{2}(\\.\\d{3}(\\.\\d{2}\\.\\d{2})?)?$' },
        kind: { enum: Object.keys(PARENT_KINDS) },
        parent: { type: ['string', 'null'] },
        name: closed({ ar: text, fr: text, en: text }),
        setting: { enum: ['urban', 'rural', null] },
        population: { type: ['integer', 'null'], minimum: 0 },
        aboveFiftyThousand: { type: ['boolean', 'null'] },
        arChecked: { type: 'boolean' },
        ownCode: { type: 'boolean' },
        note: { type: ['string', 'null'], minLength: 1 },
      },
      ['setting', 'population', 'aboveFiftyThousand', 'arChecked', 'ownCode', 'note'],
    ),
  },
});

async function readTerritories(path: string): Promise<Territory[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new TerritoryDataError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile<{ territories: TerritoryEntry[] }>(SCHEMA);
  if (!validate(content))
    throw new TerritoryDataError(`${path}: ${ajv.errorsText(validate.errors, { dataVar: '' })}`);
  return content.territories.map((entry) => {
    const territory: Territory = {
      setting: null,
      population: null,
      aboveFiftyThousand: null,
      arChecked: true,
      ownCode: false,
      note: null,
      ...entry,
    };
    const problem = problemOf(territory);
    if (problem) throw new TerritoryDataError(`${path}: ${territory.code} ${problem}`);
    return territory;
  });
}

function problemOf({ ownCode, note, population, aboveFiftyThousand: above }: Territory): string | null {
  if (ownCode && note === null) return 'has a code of our own but no note that says why';
  if (population !== null && above !== null && population > 50_000 !== above) {
    return `has ${population} inhabitants but says aboveFiftyThousand: ${above}`;
  }
  return null;
}

function problemOfParent(territory: Territory, byCode: Map<string, Territory>): string | null {
  const { kind, parent, code } = territory;
  const kinds: readonly string[] = PARENT_KINDS[kind];
  if (parent === null) return kinds.length === 0 ? null : `is a ${kind} without a parent`;
  const above = byCode.get(parent);
  if (!above) return `has an unknown parent ${parent}`;
  if (!kinds.includes(above.kind)) return `is a ${kind} and cannot be under the ${above.kind} ${parent}`;
  // Arrondissements are numbered beside their commune, not below it: what they share is the province.
  const prefix = kind === 'arrondissement' ? above.parent : parent;
  return code.startsWith(`${prefix}.`) ? null : `does not bear the code of its parent ${parent}`;
}

/** A JSON Schema object that allows nothing beside its properties and requires all but the optional ones. */
function closed(properties: Record<string, unknown>, optional: string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, properties, required };
}
