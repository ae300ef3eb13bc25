/** One element of a DER encoding: its tag byte, its content, and the bytes of both with the length. */
export interface DerNode {
  tag: number;
  value: Buffer;
  raw: Buffer;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  sequence: 0x30,
  set: 0x31,
} as const;

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** Encodes one element from the content of its children. */
export function der(tag: number, ...content: Uint8Array[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(value.length), value]);
}

export const sequence = (...children: Uint8Array[]): Buffer => der(TAG.sequence, ...children);
export const octetString = (bytes: Uint8Array): Buffer => der(TAG.octetString, bytes);
/** A bit string of whole bytes, as keys and signatures are. */
export const bitString = (bytes: Uint8Array): Buffer => der(TAG.bitString, Buffer.from([0]), bytes);
export const boolean = (value: boolean): Buffer => der(TAG.boolean, Buffer.from([value ? 0xff : 0]));
/** A constructed context tag, e.g. `[0] EXPLICIT`. */
export const context = (number: number, ...children: Uint8Array[]): Buffer => der(0xa0 | number, ...children);

/** A SET OF: DER wants its members in the order of their bytes. */
export function setOf(...members: Buffer[]): Buffer {
  return der(TAG.set, ...[...members].sort(Buffer.compare));
}

/** A positive integer from its big-endian bytes. */
export function integer(value: number | Uint8Array): Buffer {
  let bytes = typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value);
  while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1);
  if (((bytes[0] ?? 0) & 0x80) !== 0) bytes = Buffer.concat([Buffer.from([0]), bytes]);
  return der(TAG.integer, bytes);
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left & 0x7f) | 0x80);
    }
    bytes.push(...groups);
  }
  return der(TAG.oid, Buffer.from(bytes));
}

/** A UTCTime up to 2049 and a GeneralizedTime after, as X.509 asks. */
export function time(instant: Date): Buffer {
  const digits = instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return instant.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(`${digits.slice(2)}Z`, 'latin1'))
    : der(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}

/**
 * Reads the element at an offset.
 * @throws RangeError when the bytes end too soon or the length is not DER.
 */
export function readDer(bytes: Buffer, offset = 0): DerNode {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) throw new RangeError('DER ends too soon');
  let size = first;
  let header = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    // Indefinite lengths are BER, and four bytes already name more than any file here may hold.
    if (count === 0 || count > 4 || offset + 2 + count > bytes.length) {
      throw new RangeError('length is not DER');
    }
    size = bytes.readUIntBE(offset + 2, count);
    header += count;
    if (size < 0x80 || (count > 1 && bytes[offset + 2] === 0)) throw new RangeError('length is not minimal');
  }
  const end = offset + header + size;
  if (end > bytes.length) throw new RangeError('DER ends too soon');
  return { tag, value: bytes.subarray(offset + header, end), raw: bytes.subarray(offset, end) };
}

/** The children of a constructed element. @throws RangeError as `readDer` does. */
export function childrenOf(node: DerNode): DerNode[] {
  const children: DerNode[] = [];
  for (let offset = 0; offset < node.value.length; ) {
    const child = readDer(node.value, offset);
    children.push(child);
    offset += child.raw.length;
  }
  return children;
}

/** Tells whether an element is this object identifier. */
export function isOid(node: DerNode | undefined, dotted: string): boolean {
  return node?.raw.equals(oid(dotted)) ?? false;
}

/** Turns a DER ECDSA P-256 signature into the 64 raw bytes that JOSE wants. @throws RangeError when it is not one. */
export function rawEcdsa(signature: Uint8Array): Buffer {
  const [r, s] = childrenOf(readDer(Buffer.from(signature)));
  const fixed = (node: DerNode | undefined): Buffer => {
    if (node === undefined || node.tag !== TAG.integer) throw new RangeError('not an ECDSA signature');
    const bytes = node.value[0] === 0 ? node.value.subarray(1) : node.value;
    if (bytes.length > 32) throw new RangeError('not a P-256 signature');
    return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
  };
  return Buffer.concat([fixed(r), fixed(s)]);
}
