import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const PACKAGE = join('packages', 'bpmn-core');

/** Long proofs with the counts that still see the usual faults. */
const COUNTS = { DIAGRAMS: '40', GRAPHS: '200', UNDOABLES: '20' };

export type Outcome = 'passed' | 'failed' | 'timeout';

/** A copy of the package, in which sources can be changed and tests run beside others. */
export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), 'mutation-'));

  constructor() {
    cpSync(join(ROOT, PACKAGE), join(this.root, PACKAGE), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
    for (const file of ['package.json', 'tsconfig.json', '.mocharc.json'])
      cpSync(join(ROOT, file), join(this.root, file));
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Paths of files below a folder of the package, e.g. `src`, without that of the package. */
  files(folder: string, suffix: string): string[] {
    const found = readdirSync(join(this.root, PACKAGE, folder), { recursive: true, encoding: 'utf8' });
    return found
      .filter((file) => file.endsWith(suffix))
      .map((file) => join(folder, file))
      .sort();
  }

  read(file: string): string {
    return readFileSync(join(this.root, PACKAGE, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, PACKAGE, file), text);
  }

  /** Runs test files until the first failure, for so many milliseconds at most. */
  run(
    tests: readonly string[],
    limit: number,
    env: Record<string, string> = {},
    more: readonly string[] = [],
  ): Promise<Outcome> {
    const mocha = join(this.root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const files = tests.map((test) => join(PACKAGE, test));
    const args = [mocha, '--bail', '--exit', '--reporter', 'min', ...more, ...files];
    const child = spawn(process.execPath, args, {
      cwd: this.root,
      env: { ...process.env, ...COUNTS, ...env },
      stdio: 'ignore',
      detached: true,
    });
    return new Promise((resolve, reject) => {
      let outcome: Outcome | null = null;
      const timer = setTimeout(() => {
        outcome = 'timeout';
        // mocha runs the tests in a process of its own: the group is ended.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, limit);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        resolve(outcome ?? (code === 0 ? 'passed' : 'failed'));
      });
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
