import { MongoError } from '../errors.ts';
import { decode, decodeReceived, decodeStatement } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import { setField } from '../values/value.ts';

/** The opcodes of the wire protocol this server knows by name. */
export const opcodes = { reply: 1, query: 2004, compressed: 2012, message: 2013 } as const;

export const headerBytes = 16;

const moreToCome = 1 << 1;
/** The flags below this bit must be understood; those above may be ignored. */
const requiredFlags = 0xffff;

/** A request as it came over the wire. */
export interface WireRequest {
  readonly body: Document;
  /** False for a write whose outcome the client does not want to know. */
  readonly wantsReply: boolean;
}

/** Reads an OP_MSG: one body, and sequences of documents that belong into it. */
export function readMessage(message: Buffer): WireRequest {
  const flags = message.readUInt32LE(headerBytes);
  if ((flags & requiredFlags & ~moreToCome) !== 0) throw protocolError('unsupported OP_MSG flag');
  let body: Document | undefined;
  const sequences: { name: string; documents: Document[] }[] = [];
  for (let at = headerBytes + 4; at < message.length; ) {
    const kind = message[at];
    const end = at + 1 + sizeAt(message, at + 1, message.length);
    const section = message.subarray(at + 1, end);
    if (kind === 0 && body === undefined) body = decode(section);
    else if (kind === 1) sequences.push(readSequence(section));
    else throw protocolError('unexpected OP_MSG section');
    at = end;
  }
  if (!body) throw protocolError('OP_MSG without a body');
  for (const { name, documents } of sequences) {
    if (Object.hasOwn(body, name)) throw protocolError(`OP_MSG gives '${name}' twice`);
    setField(body, name, documents);
  }
  return { body, wantsReply: (flags & moreToCome) === 0 };
}

function readSequence(section: Buffer): { name: string; documents: Document[] } {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw protocolError('document sequence without a name');
  const name = section.toString('utf8', 4, nameEnd);
  const read = readers[name] ?? decode;
  const documents: Document[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const end = at + sizeAt(section, at, section.length);
    documents.push(read(section.subarray(at, end)));
    at = end;
  }
  return { name, documents };
}

/** How the sequences are read that hold documents to be stored. */
const readers: Record<string, (bytes: Uint8Array) => Document> = {
  documents: decodeReceived,
  ops: decodeStatement,
};

function sizeAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : -1;
  if (size < 5 || at + size > end) throw protocolError('a length in the message is wrong');
  return size;
}

/** Reads the old OP_QUERY, which drivers use for their first `hello` only. */
export function readQuery(message: Buffer): WireRequest {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  if (nameEnd < 0 || !message.toString('utf8', headerBytes + 4, nameEnd).endsWith('.$cmd'))
    throw protocolError('OP_QUERY is not a command');
  const start = nameEnd + 1 + 8;
  const body = decode(message.subarray(start, start + sizeAt(message, start, message.length)));
  const name = Object.keys(body)[0];
  if (name !== 'hello' && name !== 'isMaster' && name !== 'ismaster')
    throw new MongoError(352, `Unsupported OP_QUERY command: ${name}`);
  return { body, wantsReply: true };
}

/** Thrown when a message breaks the protocol. */
export function protocolError(message: string): MongoError {
  return new MongoError(17, message);
}

/** Frames a reply for the request it answers, in the request's own format. */
export function writeReply(requestOpcode: number, responseTo: number, id: number, reply: Uint8Array): Buffer {
  const isQuery = requestOpcode === opcodes.query;
  const head = Buffer.alloc(headerBytes + (isQuery ? 20 : 5));
  head.writeInt32LE(head.length + reply.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(isQuery ? opcodes.reply : opcodes.message, 12);
  if (isQuery) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, reply]);
}
