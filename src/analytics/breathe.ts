import { setImmediate } from 'node:timers/promises';

/** Lets other work of the node run once this one has held it for a while; to be awaited inside long loops. */
export type Breathe = () => Promise<void> | undefined;

/** A `Breathe` that yields whenever that many milliseconds have passed since it last did. */
export function breatheEvery(milliseconds: number): Breathe {
  let until = performance.now() + milliseconds;
  return () => {
    if (performance.now() < until) return undefined;
    return setImmediate().then(() => {
      until = performance.now() + milliseconds;
    });
  };
}
