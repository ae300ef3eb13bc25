import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular/Amiri_400Regular.ttf', '700Bold/Amiri_700Bold.ttf'];
const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

/** Compiles one template with texts that it can only print, never run. */
export type Compile = (template: string, data: string, qr: string | null) => Buffer;

function messageOf(error: unknown): string {
  const diagnostics: unknown = (error as { shortDiagnostics?: unknown }).shortDiagnostics;
  return diagnostics === undefined ? String(error) : JSON.stringify(diagnostics);
}

/**
 * Warms a compiler up with the fonts of the letters: Amiri for Arabic, Typst's own Libertinus for Latin; nothing of the
 * machine's is needed. The PDF is PDF/A-2b.
 */
export function openTypst(): Compile {
  const fontBlobs = FONTS.map((file) => readFileSync(require.resolve(`@expo-google-fonts/amiri/${file}`)));
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs }] });
  let count = 0;
  return (template, data, qr) => {
    const inputs: Record<string, string> = { data, ...(qr === null ? {} : { qr }) };
    try {
      return compiler.pdf({ mainFilePath: `${TEMPLATES}/${template}.typ`, inputs }, { pdfStandard: 'a-2b' });
    } catch (error) {
      throw new Error(`The letter "${template}" does not lay out: ${messageOf(error)}`, { cause: error });
    } finally {
      count += 1;
      // Typst keeps what it laid out for the next compilation; without this the memory of the worker only grows.
      if (count % 10 === 0) compiler.evictCache(10);
    }
  };
}
