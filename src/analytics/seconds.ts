const MAX = 0xffffffff;
const FIRST_CHUNK = 64;
const LARGEST_CHUNK = 65_536;

/**
 * A list of whole seconds that grows, four bytes each, so that millions of durations fit in memory. It is kept in chunks: one
 * large array would be copied as it grows, which stops the node for the garbage it leaves.
 */
export class Seconds {
  readonly #full: Uint32Array[] = [];
  #last = new Uint32Array(FIRST_CHUNK);
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** @throws RangeError unless the value is a whole number from 0 to 2^32 - 1 (136 years) */
  push(value: number): void {
    if (!(Number.isInteger(value) && value >= 0 && value <= MAX)) {
      throw new RangeError(`A duration must be whole seconds from 0 to ${MAX}, not ${value}`);
    }
    if (this.#used === this.#last.length) {
      this.#full.push(this.#last);
      this.#last = new Uint32Array(Math.min(this.#used * 2, LARGEST_CHUNK));
      this.#used = 0;
    }
    this.#last[this.#used++] = value;
    this.#length++;
  }

  /** The values in the order pushed, in arrays of at most 65,536; windows on the list, to be read only. */
  chunks(): Uint32Array[] {
    return [...this.#full, this.#last.subarray(0, this.#used)];
  }
}
