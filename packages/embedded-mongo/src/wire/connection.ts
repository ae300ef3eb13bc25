import type { Socket } from 'node:net';
import type { Reply } from '../commands/command.ts';
import { damaged, MongoError } from '../errors.ts';
import { Authentication } from '../server/authentication.ts';
import type { Client, Dispatcher } from '../server/dispatcher.ts';
import { maxMessageBytes } from '../server/handshake.ts';
import type { Scram } from '../server/scram.ts';
import { storageFailure } from '../storage/failures.ts';
import { encode } from '../values/codec.ts';
import {
  headerBytes,
  opcodes,
  protocolError,
  readMessage,
  readQuery,
  type WireRequest,
  writeReply,
} from './message.ts';

/** What a client that has not signed in may send at once. */
const damagedCode = damaged('').code;

const maxHandshakeBytes = 65_536;

/** One client's connection: cuts the stream into messages and answers them in the order they came. */
export class Connection implements Client {
  readonly authentication: Authentication;
  readonly #socket: Socket;
  readonly #dispatcher: Dispatcher;
  readonly #log: (line: string) => void;
  #chunks: Buffer[] = [];
  #buffered = 0;
  #nextId = 1;
  #last: Promise<void> = Promise.resolve();

  constructor(socket: Socket, dispatcher: Dispatcher, scram: Scram, log: (line: string) => void) {
    this.authentication = new Authentication(scram);
    this.#socket = socket;
    this.#dispatcher = dispatcher;
    this.#log = log;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => log(`connection lost: ${error.message}`));
    socket.on('close', () => dispatcher.sessions.connectionClosed(this));
  }

  /** Where this client found the server: the one address that surely leads it here again. */
  get address(): string {
    return addressOf(this.#socket.localAddress ?? '', this.#socket.localPort ?? 0);
  }

  /** Takes no further messages; what has been received is still answered. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Closes once the answers are on their way, or after a second when the client does not take them. */
  close(): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#socket.destroy(), 1000);
      this.#socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#socket.destroySoon();
    });
  }

  /** Resolves when everything received so far has been answered. */
  get settled(): Promise<void> {
    return this.#last;
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    for (let message = this.#nextMessage(); message; message = this.#nextMessage()) {
      const whole = message;
      this.#last = this.#last.then(() => this.#answer(whole));
    }
  }

  #nextMessage(): Buffer | undefined {
    if (this.#buffered < headerBytes || this.#socket.destroyed) return undefined;
    const size = this.#peekSize();
    const limit = this.authentication.isDone ? maxMessageBytes : maxHandshakeBytes;
    if (size < headerBytes + 5 || size > limit) {
      this.#log(`refused a message of ${size} bytes`);
      this.#socket.destroy();
      return undefined;
    }
    if (this.#buffered < size) return undefined;
    const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    this.#chunks = all.length > size ? [all.subarray(size)] : [];
    this.#buffered = all.length - size;
    return all.subarray(0, size);
  }

  #peekSize(): number {
    const [first] = this.#chunks;
    if (first && first.length >= 4) return first.readInt32LE(0);
    this.#chunks = [Buffer.concat(this.#chunks)];
    return (this.#chunks[0] as Buffer).readInt32LE(0);
  }

  async #answer(message: Buffer): Promise<void> {
    const opcode = message.readInt32LE(12);
    let wantsReply = true;
    let reply: Uint8Array;
    try {
      const request = readRequest(opcode, message);
      wantsReply = request.wantsReply;
      reply = toBytes(await this.#dispatcher.dispatch(request.body, this));
    } catch (error) {
      reply = this.#errorBytes(error);
    }
    if (wantsReply && !this.#socket.destroyed)
      this.#socket.write(writeReply(opcode, message.readInt32LE(4), this.#nextId++, reply));
  }

  #errorBytes(error: unknown): Uint8Array {
    try {
      return encode(this.#errorReply(error));
    } catch (cause) {
      // The details of an error can be as big as the documents it is about.
      return encode(this.#errorReply(cause));
    }
  }

  #errorReply(fault: unknown): object {
    const error = storageFailure(fault) ?? fault;
    if (error instanceof MongoError) {
      if (error.code === damagedCode) this.#log(error.message);
      const { message, code, codeName, labels, details } = error;
      return {
        ok: 0,
        errmsg: message,
        code,
        codeName,
        ...details,
        ...(labels.length > 0 ? { errorLabels: labels } : {}),
      };
    }
    const { stack, message } = error as Error;
    this.#log(`internal error: ${stack ?? String(error)}`);
    return { ok: 0, errmsg: `internal error: ${message}`, code: 1, codeName: 'InternalError' };
  }
}

/** Writes an address and a port as a driver reads them. */
export function addressOf(host: string, port: number): string {
  const plain = host.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}

function readRequest(opcode: number, message: Buffer): WireRequest {
  if (opcode === opcodes.message) return readMessage(message);
  if (opcode === opcodes.query) return readQuery(message);
  if (opcode === opcodes.compressed) throw protocolError('compression is not supported');
  throw protocolError(`unsupported opcode ${opcode}`);
}

function toBytes(reply: Reply): Uint8Array {
  return reply instanceof Uint8Array ? reply : encode(reply);
}
