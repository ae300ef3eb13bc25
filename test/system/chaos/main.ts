import { type ChaosFigures, type ChaosOptions, chaos } from './chaos.ts';
import { ownStack, sharedStack } from './stack.ts';

/**
 * `npm run chaos`: KILLS kills under load, a third of them of a server that keeps its store itself, the others, which take
 * half as long, of a server and a standalone store, side by side. `-- --nodes`: three servers on one standalone store, one
 * of them killed every 30 seconds for MINUTES. SEED repeats the choices. Ends with 1 at the first thing lost or doubled.
 */
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const seed = number('SEED', Date.now() % 1_000_000);
const unknown = process.argv.slice(2).filter((word) => word !== '--nodes');
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(' ')}\nusage: npm run chaos [-- --nodes]\n`);
  process.exit(2);
}
const tell = (name: string) => (line: string) => process.stderr.write(`${name}: ${line}\n`);

/** After so many kills in a row the offices have a longer while, or large files would never be uploaded. */
const IN_A_ROW = 10;
const REST_MS = 10_000;

/** A random while under load after everything has answered again. */
const often =
  (most: number): ChaosOptions['pause'] =>
  (kills, random) => {
    if (kills >= most) return null;
    return 200 + random() * 2_500 + (kills % IN_A_ROW === IN_A_ROW - 1 ? REST_MS : 0);
  };

function killed(): Promise<ChaosFigures>[] {
  const kills = number('KILLS', 1_000);
  const third = Math.ceil(kills / 3);
  const own = { seed, start: ownStack, pause: often(third), tell: tell('own store') };
  const shared: ChaosOptions = {
    seed: seed + 1,
    start: (options) => sharedStack(options, 1, ['server', 'store', 'store', 'both']),
    pause: often(kills - third),
    tell: tell('standalone store'),
  };
  return [chaos(own), chaos(shared)];
}

function everyHalfMinute(): Promise<ChaosFigures>[] {
  const times = number('MINUTES', 10) * 2;
  const start: ChaosOptions['start'] = (options) => sharedStack(options, 3, ['server']);
  return [
    chaos({ seed, start, pause: (kills) => (kills < times ? 30_000 : null), tell: tell('three nodes') }),
  ];
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.stderr.write(`chaos: seed ${seed}\n`);
try {
  const figures = await Promise.all(process.argv.includes('--nodes') ? everyHalfMinute() : killed());
  for (const one of figures) process.stdout.write(`chaos: nothing lost or doubled: ${JSON.stringify(one)}\n`);
  process.exit(0);
} catch (error) {
  process.stderr.write(
    `chaos FAILED with seed ${seed}: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}
