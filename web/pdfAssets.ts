import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const WANTED: Record<string, RegExp> = {
  cmaps: /\.bcmap$/,
  standard_fonts: /\.(pfb|ttf)$/,
  wasm: /nowasm_fallback\.js$/,
};

/** Serves what a PDF may leave out (fonts, character maps) and decoders from our own origin, each fetched only when needed. */
export function pdfAssets(): Plugin {
  const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return {
    name: 'pdf-assets',
    apply: 'build',
    generateBundle() {
      for (const [folder, wanted] of Object.entries(WANTED)) {
        const from = join(dirname(manifest), folder);
        for (const file of readdirSync(from).filter((name) => wanted.test(name))) {
          this.emitFile({
            type: 'asset',
            fileName: `app/pdf-${version}/${folder}/${file}`,
            source: readFileSync(join(from, file)),
          });
        }
      }
    },
  };
}
