import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printTable } from './support/printTable.ts';
import type { BenchReport } from './support/report.ts';

/** Ends the command because of what the caller asked, with the usage on stderr. */
function refuse(reason: string): never {
  const benches = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
    .map((file) => file.slice(0, -3).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  process.stderr.write(`${reason}\nusage: npm run bench -- <name> [--json] [--only <measure>]\n`);
  process.stderr.write(`benches: ${benches.join(', ')}\n`);
  process.exit(2);
}

function readArguments(): { name: string; json: boolean; only: string | undefined } {
  const options = { json: { type: 'boolean', default: false }, only: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [name, ...rest] = positionals;
    if (name === undefined) return refuse('which benchmark?');
    if (rest.length > 0) return refuse(`one benchmark at a time; what is ${rest.join(' ')}?`);
    return { name, json: values.json, only: values.only };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function load(name: string): Promise<(only?: string) => Promise<BenchReport>> {
  const file = `${name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}.ts`;
  const url = new URL(file, import.meta.url);
  if (!/^[a-z]+(-[a-z]+)*$/.test(name) || name === 'run' || !existsSync(url)) {
    return refuse(`there is no benchmark ${name}`);
  }
  const module: { run: (only?: string) => Promise<BenchReport> } = await import(url.href);
  return module.run;
}

const { name, json, only } = readArguments();
const run = await load(name);
const report = await run(only);
if (report.results.length === 0) refuse(`benchmark ${name} has no measure ${only}`);
if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
else printTable(report);
