import type { Long } from 'bson';
import { encode } from '../values/codec.ts';

/** Writes `{cursor: {id, ns, <batch>: […]}, ok: 1}` around documents that are BSON already. */
export function cursorReply(
  batchName: 'firstBatch' | 'nextBatch',
  documents: readonly Uint8Array[],
  id: Long,
  ns: string,
): Uint8Array {
  const cursor = wrap(embed(0x04, batchName, arrayOf(documents)), encode({ id, ns }));
  return wrap(embed(0x03, 'cursor', cursor), encode({ ok: 1 }));
}

/** A document made of one embedded value followed by the fields of another document. */
function wrap(embedded: Buffer, rest: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(embedded.length + rest.length);
  return Buffer.concat([length, embedded, rest.subarray(4)]);
}

function embed(type: number, name: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), bytes]);
}

function arrayOf(documents: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [Buffer.alloc(4)];
  for (const [i, document] of documents.entries()) parts.push(Buffer.from(`\x03${i}\0`), document);
  parts.push(Buffer.of(0));
  const bytes = Buffer.concat(parts);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}
