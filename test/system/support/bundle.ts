import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Compiles programs of this repository once, so that each of very many starts need not do it again, and answers the paths to
 * run by Node alone, in the order given. What they do is the same: every file still knows itself by its own address.
 */
export async function compiled(...programs: string[]): Promise<string[]> {
  // Beside the packages, which are loaded from there as they are.
  const outdir = join(ROOT, 'node_modules', '.cache', 'proofs');
  const name = (program: string) => program.replaceAll('/', '-').replace(/\.ts$/, '');
  const made = programs.map((program) => join(outdir, `${name(program)}.mjs`));
  const sources = Object.fromEntries(made.map((path, n) => [path, join(ROOT, programs[n] ?? '')]));
  await build({
    entryPoints: programs.map((program) => ({ in: join(ROOT, program), out: name(program) })),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Without those of other bundlers.
    conditions: ['node'],
    outdir,
    outExtension: { '.js': '.mjs' },
    // A program runs when it is the one that Node was asked for.
    banner: { js: `process.argv[1] = ${JSON.stringify(sources)}[process.argv[1]] ?? process.argv[1];` },
    plugins: [packages, ownAddresses],
    logLevel: 'error',
  });
  return made;
}

/** Our own packages are compiled too; those of others are loaded as Node would load them, in the version that it would take. */
const packages: Plugin = {
  name: 'packages',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@shubbak\// }, ({ path }) => ({
      path: join(ROOT, 'packages', path.replace('@shubbak/', ''), 'src', 'index.ts'),
    }));
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === packages || kind === 'entry-point') return null;
      const found = await resolve(path, { kind, resolveDir, pluginData: packages });
      return { ...found, external: true };
    });
  },
};

const ownAddresses: Plugin = {
  name: 'own addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    });
  },
};
