import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import addFormatsModule from 'ajv-formats';
import { build } from 'esbuild';
import type { Json, JsonObject } from '../domain/json.ts';

// Both are CommonJS: the function is the default of the default.
const addFormats = addFormatsModule.default;
const standalone = standaloneModule.default;
/** Where the few functions that compiled rules call are found. */
const RESOLVE_FROM = dirname(
  createRequire(fileURLToPath(import.meta.url)).resolve('ajv-formats/package.json'),
);
const ROOT = 'urn:shubbak:form';

/**
 * Compiles a form's JSON Schema to an ES module for browsers that may evaluate no text: it exports `validate`, and
 * `parts`, the checks of the schemas inside that choose a branch (`if`, `oneOf`…) by their JSON pointer. Messages are
 * left out: the page has its own words. The server's own check stays the authority.
 * @throws Error that says what is wrong with the schema
 */
export async function compileValidator(schema: JsonObject): Promise<string> {
  const ajv = new Ajv2020({
    strict: true,
    // A branch on its own does not repeat the type that its parent says.
    strictTypes: false,
    allErrors: true,
    messages: false,
    logger: false,
    code: { source: true, esm: true, lines: false },
  });
  addFormats(ajv);
  ajv.addSchema({ ...schema, $id: ROOT }, ROOT);
  const parts = choosingParts(schema);
  const names: Record<string, string> = { validate: ROOT };
  for (const [index, pointer] of parts.entries()) names[`part${index}`] = `${ROOT}#${encodeURI(pointer)}`;
  const table = parts.map((pointer, index) => `${JSON.stringify(pointer)}: part${index}`).join(', ');
  const code = `${standalone(ajv, names)}\nexport const parts = { ${table} };\n`;
  const bundled = await build({
    stdin: { contents: code, resolveDir: RESOLVE_FROM, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  return bundled.outputFiles[0]?.text ?? '';
}

/** Pointers to the schemas that tell which branch a value takes. */
function choosingParts(schema: Json, pointer = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((one, index) => choosingParts(one, `${pointer}/${index}`));
  return Object.entries(schema).flatMap(([key, one]) => {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    // Values that look like schemas are none.
    if (key === 'const' || key === 'enum' || key === 'default' || key === 'examples') return [];
    const chooses =
      key === 'if'
        ? [at]
        : (key === 'oneOf' || key === 'anyOf') && Array.isArray(one)
          ? one.map((_, index) => `${at}/${index}`)
          : [];
    return [...chooses, ...choosingParts(one, at)];
  });
}
