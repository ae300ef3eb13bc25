import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** Beside the libraries, which what is bundled still loads from there; of one run, as two may go on at once. */
const CACHE = fileURLToPath(new URL(`../../../node_modules/.cache/mutation-${process.pid}`, import.meta.url));

/** Paths of files below a folder of the package, e.g. `src`, without that of the package. */
export const filesOf = (folder: string, suffix: string): string[] =>
  readdirSync(join(PACKAGE, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => join(folder, file))
    .sort();

export const read = (file: string): string => readFileSync(join(PACKAGE, file), 'utf8');

/** Makes one program of files and all that they load from the package, with other texts for some sources. */
export async function bundle(
  name: string,
  files: readonly string[],
  others: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  const outfile = join(CACHE, `${name}.mjs`);
  mkdirSync(CACHE, { recursive: true });
  await build({
    stdin: { contents: files.map((file) => `import './${file}';`).join('\n'), resolveDir: PACKAGE },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [withOthers(others)],
  });
  return outfile;
}

export const removeBundles = (): void => rmSync(CACHE, { recursive: true, force: true });

const withOthers = (others: ReadonlyMap<string, string>): Plugin => ({
  name: 'other texts',
  setup(of) {
    of.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const contents = others.get(path.slice(PACKAGE.length));
      return contents === undefined ? undefined : { contents, loader: 'ts' };
    });
  },
});
