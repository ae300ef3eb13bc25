import { soak } from './soak.ts';

/** `npm run soak`: WALKS, NODES, KILLS, AT_ONCE and SEED say how much of it. Ends with 1 at the first violation. */
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);
const walks = number('WALKS', 10_000);
const seed = number('SEED', Date.now() % 1_000_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.stderr.write(`soak: ${walks} walks, seed ${seed}\n`);
try {
  const figures = await soak({
    walks,
    nodes: number('NODES', 3),
    seed,
    kills: number('KILLS', Math.ceil(walks / 80)),
    atOnce: number('AT_ONCE', 120),
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`soak: nothing stuck, lost or doubled: ${JSON.stringify({ seed, ...figures })}\n`);
} catch (error) {
  process.stderr.write(
    `soak FAILED with seed ${seed}: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
