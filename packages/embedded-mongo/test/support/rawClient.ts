import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { mongo } from 'mongoose';

const { BSON, Binary } = mongo;

type Reply = mongo.Document;

/** Speaks the wire protocol without a driver, so that a test can send what no driver would. */
export class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #buffer = Buffer.alloc(0);
  readonly #waiting: ((message: Buffer) => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      while (this.#buffer.length >= 4 && this.#buffer.length >= this.#buffer.readInt32LE(0)) {
        const size = this.#buffer.readInt32LE(0);
        this.#waiting.shift()?.(this.#buffer.subarray(0, size));
        this.#buffer = this.#buffer.subarray(size);
      }
    });
  }

  /** Connects; signs in with the URI's secret, or another one. */
  static async connect(uri: string, options: { secret?: string; signIn?: boolean } = {}): Promise<RawClient> {
    const { hostname, port, password } = new URL(uri);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const client = new RawClient(socket);
    if (options.signIn !== false) await client.signIn(options.secret ?? password);
    return client;
  }

  /** Sends one OP_MSG and gives the reply document. */
  async send(body: object): Promise<Reply> {
    const reply = await this.sendBytes(opMsg(body));
    return BSON.deserialize(reply.subarray(21));
  }

  /** Sends bytes as they are and gives the whole reply message. */
  sendBytes(bytes: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      void this.closed.then(() => reject(new Error('connection closed')));
      this.socket.write(bytes);
    });
  }

  async signIn(secret: string): Promise<Reply> {
    const nonce = randomBytes(18).toString('base64');
    const bare = `n=owner,r=${nonce}`;
    const start = await this.send({
      saslStart: 1,
      mechanism: 'SCRAM-SHA-256',
      payload: binary(`n,,${bare}`),
      options: { skipEmptyExchange: true },
      $db: 'admin',
    });
    const first = start.payload.toString();
    const [, r = '', s = '', i = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(first) ?? [];
    const salted = pbkdf2Sync(secret, Buffer.from(s, 'base64'), Number(i), 32, 'sha256');
    const clientKey = createHmac('sha256', salted).update('Client Key').digest();
    const stored = createHash('sha256').update(clientKey).digest();
    const final = `c=biws,r=${r}`;
    const signature = createHmac('sha256', stored).update(`${bare},${first},${final}`).digest();
    const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] as number))).toString(
      'base64',
    );
    return this.send({
      saslContinue: 1,
      conversationId: start.conversationId,
      payload: binary(`${final},p=${proof}`),
      $db: 'admin',
    });
  }

  close(): void {
    this.socket.destroy();
  }
}

const binary = (text: string) => new Binary(Buffer.from(text));

/** Frames a document as OP_MSG. */
export function opMsg(body: object, flags = 0, opcode = 2013): Buffer {
  const bytes = BSON.serialize(body);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + bytes.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, bytes]);
}
