/** Draws numbers that depend on the seed alone, so that the same variant always makes the same files. */
export type Draw = (from: number, to: number) => number;

/** A small generator (mulberry32): numbers between two bounds, rounded to centimetres. */
export function drawFrom(seed: number): Draw {
  let state = (seed * 0x9e3779b1) >>> 0;
  return (from, to) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    return Math.round((from + unit * (to - from)) * 100) / 100;
  };
}
