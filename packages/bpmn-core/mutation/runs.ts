import { type ChildProcess, fork } from 'node:child_process';
import type { Said } from './child.ts';

/** Long proofs with the counts that still see the usual faults. */
const COUNTS = { DIAGRAMS: '20', GRAPHS: '100', UNDOABLES: '12' };

/** What a test is given beyond five times what it took without a fault, in milliseconds. */
const PATIENCE = 10_000;

export interface Outcome {
  readonly end: 'passed' | 'failed' | 'timeout';
  /** Milliseconds by the full title of a test, in the order they ran. */
  readonly took: ReadonlyMap<string, number>;
  /** The functions of marked sources that were come to. */
  readonly reached: ReadonlySet<string>;
}

/** Runs programs of tests, each in a process of its own; the next process starts while one runs. */
export class Runs {
  #program: string;
  #next: ChildProcess;

  /** @param program that of child.ts */
  constructor(program: string) {
    this.#program = program;
    this.#next = this.#start();
  }

  /**
   * Until the first failure. A process that ends by itself has failed.
   * @param usual milliseconds by the full title of a test, far beyond which it is a timeout; none is if null
   */
  run(program: string, usual: ReadonlyMap<string, number> | null): Promise<Outcome> {
    const child = this.#next;
    this.#next = this.#start();
    return new Promise((resolve) => {
      const took = new Map<string, number>();
      let timer: NodeJS.Timeout | undefined;
      const end = (how: Outcome['end'], reached: readonly string[] = []) => {
        clearTimeout(timer);
        child.removeAllListeners();
        child.kill('SIGKILL');
        resolve({ end: how, took, reached: new Set(reached) });
      };
      const wait = (title: string) => {
        clearTimeout(timer);
        if (usual !== null) timer = setTimeout(end, PATIENCE + 5 * (usual.get(title) ?? 0), 'timeout');
      };
      child.on('message', (said: Said) => {
        if ('begins' in said) wait(said.begins);
        else if ('ends' in said) took.set(said.ends, said.took);
        else end(said.failures === 0 ? 'passed' : 'failed', said.reached);
      });
      child.on('exit', () => end('failed'));
      wait('');
      child.send(program);
    });
  }

  end(): void {
    this.#next.removeAllListeners();
    this.#next.kill('SIGKILL');
  }

  #start(): ChildProcess {
    return fork(this.#program, {
      env: { ...process.env, ...COUNTS },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }
}
