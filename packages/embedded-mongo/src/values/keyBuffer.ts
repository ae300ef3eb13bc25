/** Bytes of a key in the making. One is used again and again: a key has many small parts, and each would be an object. */
export class KeyBuffer {
  length = 0;
  #bytes = Buffer.allocUnsafe(1024);

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** The text in UTF-8, each zero byte followed by 0xff, so that a lone zero can end it. */
  text(value: string): void {
    this.#reserve(3 * value.length);
    const start = this.length;
    this.length += this.#bytes.write(value, start);
    if (value.includes('\0')) this.#escapeZeros(start);
  }

  double(value: number): void {
    this.#reserve(8);
    this.length = this.#bytes.writeDoubleBE(value, this.length);
  }

  unsigned32(value: number): void {
    this.#reserve(4);
    this.length = this.#bytes.writeUInt32BE(value, this.length);
  }

  unsigned64(value: bigint): void {
    this.#reserve(8);
    this.length = this.#bytes.writeBigUInt64BE(value, this.length);
  }

  /** Changes a byte that is there by what `mask` has set. */
  flip(at: number, mask: number): void {
    this.#bytes[at] = (this.#bytes[at] as number) ^ mask;
  }

  /** Inverts what was written since `from`, so that it sorts the other way. */
  invert(from: number): void {
    for (let at = from; at < this.length; at++) this.flip(at, 0xff);
  }

  /** A copy of what was written. */
  taken(): Buffer {
    const copy = Buffer.allocUnsafe(this.length);
    copy.set(this.#bytes.subarray(0, this.length));
    return copy;
  }

  #escapeZeros(start: number): void {
    const plain = this.#bytes.subarray(start, this.length);
    const escaped = [...plain].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
    this.length = start;
    this.bytes(Uint8Array.from(escaped));
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(2 * (this.length + more));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }
}
