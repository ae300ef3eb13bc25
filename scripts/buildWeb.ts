import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'web', 'dist', '.sources');

/** Everything the pages are made from: folders whole, and single files. */
const SOURCES = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/package.json',
  'web/vite.config.ts',
  'web/serviceWorker.ts',
  'src/http/openapi.yaml',
  'package-lock.json',
];

function sourcesDigest(): string {
  const files = SOURCES.flatMap((source) => {
    const path = join(ROOT, source);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'schema.d.ts')
      .map((entry) => join(entry.parentPath, entry.name));
  });
  const digest = createHash('sha256');
  for (const file of files.sort()) digest.update(`${relative(ROOT, file)}\0`).update(readFileSync(file));
  return digest.digest('hex');
}

/** Lays a compressed file beside each: a first visit asks for thirty at once, more than one thread packs in good time. */
function compressAhead(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:m?js|css|svg|json|wasm)$/.test(name)) continue;
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes));
  }
}

/** Builds the pages unless they are there already, made from these very sources. */
async function buildWeb(): Promise<void> {
  const digest = sourcesDigest();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  process.stderr.write('Building the pages (once for these sources)…\n');
  const child = spawn('npm', ['run', '--silent', 'build', '--workspace', 'web'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`the pages could not be built (exit ${code})`);
  compressAhead(join(ROOT, 'web', 'dist', 'app'));
  writeFileSync(STAMP, digest);
}

await buildWeb();
