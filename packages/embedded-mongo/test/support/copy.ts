import { copyStore } from '../../src/index.ts';

/** Copies a store in a process of its own, as an operator's command does: `copy.ts <directory> <file>`. */
const [directory, file] = process.argv.slice(2) as [string, string];
await copyStore(directory, file);
