import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular/Amiri_400Regular.ttf', '700Bold/Amiri_700Bold.ttf'];
const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

/** Compiles one template with texts that it can only print, never run. */
export type Compile = (template: string, data: string, qr: string | null) => Buffer;

/** PDF/A-2b, or plain PDF when a text has a letter that none of the fonts can show: a letter must never fail for that. */
function exported(compiler: NodeCompiler, document: NodeTypstDocument): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: 'a-2b' });
  } catch (error) {
    if (!String(error).includes('could not be displayed')) throw error;
    return compiler.pdf(document, { pdfStandard: '1.7' });
  }
}

/**
 * Warms a compiler up with the fonts of the letters: Amiri for Arabic, Typst's own Libertinus for Latin; the machine's
 * fonts are only asked for letters of other scripts.
 */
export function openTypst(): Compile {
  const fontBlobs = FONTS.map((file) => readFileSync(require.resolve(`@expo-google-fonts/amiri/${file}`)));
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs }] });
  let count = 0;
  return (template, data, qr) => {
    const inputs: Record<string, string> = { data, ...(qr === null ? {} : { qr }) };
    try {
      const compiled = compiler.compile({ mainFilePath: `${TEMPLATES}/${template}.typ`, inputs });
      if (compiled.result === null) {
        const found = JSON.stringify(compiled.takeError()?.shortDiagnostics ?? 'no diagnostics');
        throw new Error(`The letter "${template}" does not lay out: ${found}`);
      }
      return exported(compiler, compiled.result);
    } finally {
      count += 1;
      // Typst keeps what it laid out for the next compilation; without this the memory of the worker only grows.
      if (count % 10 === 0) compiler.evictCache(10);
    }
  };
}
