import { existsSync } from 'node:fs';

/** Tells a person who waits; a nightly job says nothing unless it fails. */
export function toTerminal(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}

/** Runs a command of an operator: reads `.env`, prints the sentence it gives, or why it failed on stderr with exit code 1. */
export async function runCommand(work: () => Promise<string>): Promise<void> {
  try {
    // What the environment says goes before what the file says.
    if (existsSync('.env')) process.loadEnvFile('.env');
    process.umask(0o077);
    process.stdout.write(`${await work()}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
