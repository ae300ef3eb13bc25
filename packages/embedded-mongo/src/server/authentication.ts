import { Binary } from 'bson';
import { checkFields, checkKnown, optionalDocument, optionalFlag, type Reply } from '../commands/command.ts';
import { MongoError } from '../errors.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag } from '../values/value.ts';
import { authenticationFailed, type Scram } from './scram.ts';

/** One connection's way to being trusted. */
export class Authentication {
  readonly #scram: Scram;
  #isDone = false;
  #pending:
    | { id: number; skipsEmpty: boolean; finish: ((message: string) => string) | undefined }
    | undefined;
  #conversations = 0;

  constructor(scram: Scram) {
    this.#scram = scram;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Handles `saslStart`. */
  start(body: Document): Reply {
    checkFields(body, 'saslStart', ['mechanism', 'payload', 'options', 'autoAuthorize', 'db']);
    if (body.mechanism !== 'SCRAM-SHA-256')
      throw new MongoError(334, `Unsupported mechanism '${String(body.mechanism)}' on this server`);
    const options = optionalDocument(body.options, 'options');
    checkKnown(options, 'saslStart.options', ['skipEmptyExchange']);
    const { reply, finish } = this.#scram.begin(textOf(body.payload));
    const id = ++this.#conversations;
    const skipsEmpty = optionalFlag(options.skipEmptyExchange, 'skipEmptyExchange') ?? false;
    this.#pending = { id, skipsEmpty, finish };
    return step(id, reply, false);
  }

  /** Handles `saslContinue`. */
  continue(body: Document): Reply {
    checkFields(body, 'saslContinue', ['conversationId', 'payload']);
    const pending = this.#pending;
    if (!pending || toWholeNumber(body.conversationId, 'conversationId') !== pending.id)
      throw authenticationFailed();
    const { id, finish, skipsEmpty } = pending;
    this.#pending = undefined;
    if (!finish) {
      this.#isDone = true;
      return step(id, '', true);
    }
    const reply = finish(textOf(body.payload));
    if (skipsEmpty) this.#isDone = true;
    else this.#pending = { id, skipsEmpty, finish: undefined };
    return step(id, reply, skipsEmpty);
  }
}

function textOf(payload: Value): string {
  if (bsonTag(payload) !== 'Binary') throw new MongoError(14, 'payload must be binary');
  return Buffer.from((payload as Binary).value()).toString('utf8');
}

function step(conversationId: number, text: string, done: boolean): Reply {
  return { conversationId, done, payload: new Binary(Buffer.from(text)), ok: 1 };
}
