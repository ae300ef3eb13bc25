import { writeFileSync } from 'node:fs';

// Loaded before the tests: keeps the functions that they come to, as coverage.ts has marked them.
const reached = new Set<string>();
Object.assign(globalThis, { __reached: reached });
process.on('exit', () => {
  if (process.env.REACHED !== undefined) writeFileSync(process.env.REACHED, JSON.stringify([...reached]));
});
