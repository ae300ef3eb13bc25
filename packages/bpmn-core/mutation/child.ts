import { pathToFileURL } from 'node:url';
import Mocha from 'mocha';
// Loaded before there is anything to run, while the run before goes on.
import 'bpmn-moddle';
import 'chai';
import 'feelin';

/** What a run says of itself: which test begins and ends, and how many failed in the end. */
export type Said =
  | { readonly begins: string }
  | { readonly ends: string; readonly took: number }
  | { readonly failures: number; readonly reached: readonly string[] };

class Silent {}

const say = (what: Said): void => void process.send?.(what);

process.once('message', async (program: string) => {
  // Functions of marked sources put themselves in here (coverage.ts).
  const reached = new Set<string>();
  Object.assign(globalThis, { __reached: reached });
  const mocha = new Mocha({ bail: true, timeout: 30_000, reporter: Silent as never });
  mocha.suite.emit('pre-require', globalThis, program, mocha);
  await import(pathToFileURL(program).href);
  mocha
    .run((failures) => say({ failures, reached: [...reached] }))
    .on('test', (test) => say({ begins: test.fullTitle() }))
    .on('test end', (test) => say({ ends: test.fullTitle(), took: test.duration ?? 0 }));
});
