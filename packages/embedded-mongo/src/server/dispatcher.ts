import { type Command, checkFields, type Reply, type Request } from '../commands/command.ts';
import { Cursors } from '../commands/cursors.ts';
import { getCommand } from '../commands/registry.ts';
import { MongoError, shuttingDown } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import { Retries } from '../transactions/retries.ts';
import { noSuchTransaction, Sessions, type Transaction } from '../transactions/sessions.ts';
import { encode } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import type { Authentication } from './authentication.ts';
import { CommitQueue } from './commitQueue.ts';
import { type CommonOptions, readCommonOptions, readSession } from './commonOptions.ts';
import { buildInfo, hello, ping } from './handshake.ts';

/** What the dispatcher must know of the connection a request came by. */
export interface Client {
  readonly authentication: Authentication;
  /** Where the client reached this server, `host:port`. */
  readonly address: string;
}

/** Decides what a request is — handshake, plain read, plain write, or part of a transaction — and has it done. */
export class Dispatcher {
  readonly cursors = new Cursors();
  readonly sessions: Sessions;
  readonly retries: Retries;
  readonly queue: CommitQueue;
  readonly #store: Store;
  #isStopping = false;

  constructor(store: Store) {
    this.#store = store;
    this.queue = new CommitQueue(store);
    this.retries = new Retries(store.db);
    this.sessions = new Sessions(store, ({ session, number }) => {
      this.cursors.killOwnedBy(session, number);
      this.queue.wake();
    });
  }

  /** From now on every request is refused in a way that makes drivers send it again to the server that comes next. */
  stop(): void {
    this.#isStopping = true;
    this.sessions.abortAll();
    this.queue.drain();
  }

  /** Answers one request. */
  async dispatch(body: Document, client: Client): Promise<Reply> {
    const name = Object.keys(body)[0] ?? '';
    if (this.#isStopping) throw shuttingDown(isStatement(name, body));
    const handshake = this.#handshake(name, body, client);
    if (handshake) return handshake;
    if (!client.authentication.isDone) throw new MongoError(13, `Command ${name} requires authentication`);
    const options = readCommonOptions(body);
    switch (name) {
      case 'buildInfo':
        return buildInfo(body);
      case 'endSessions':
        return this.#endSessions(body);
      case 'commitTransaction':
        return this.#commit(body, options);
      case 'abortTransaction':
        return this.#abort(body, options);
    }
    const command = getCommand(name);
    checkFields(body, name, command.fields);
    if (options.isInTransaction) return this.#runInTransaction(command, body, options, client);
    return command.kind === 'write'
      ? this.#runWrite(command, body, options)
      : this.#runRead(command, body, options);
  }

  #handshake(name: string, body: Document, { authentication, address }: Client): Reply | undefined {
    switch (name) {
      case 'hello':
      case 'isMaster':
      case 'ismaster':
        return hello(body, name, address, authentication);
      case 'ping':
        return ping(body);
      case 'saslStart':
        return authentication.start(body);
      case 'saslContinue':
        return authentication.continue(body);
      default:
        return undefined;
    }
  }

  #runRead(command: Command, body: Document, options: CommonOptions): Reply {
    if (options.txnNumber !== undefined)
      throw new MongoError(72, `${command.name} takes no transaction number outside a transaction`);
    return command.run(this.#request(body, options));
  }

  /** A numbered write leaves its reply in the same commit, and a repetition gets that reply instead of being done again. */
  #runWrite(command: Command, body: Document, options: CommonOptions): Promise<Reply> {
    const { session, txnNumber } = options;
    if (session === undefined || txnNumber === undefined)
      return this.queue.submit(() => command.run(this.#request(body, options)), options.deadline);
    this.sessions.supersede(session, txnNumber);
    return this.queue.submit(() => {
      const last = this.retries.last(session);
      if (last?.txn === txnNumber && last.kind === 'write') return last.reply;
      if (last && last.txn >= txnNumber) throw tooOld(txnNumber, last.txn);
      const reply = toBytes(command.run(this.#request(body, options)));
      this.retries.record(session, { txn: txnNumber, kind: 'write', reply }, Date.now());
      return reply;
    }, options.deadline);
  }

  #runInTransaction(command: Command, body: Document, options: CommonOptions, client: Client): Reply {
    const session = options.session as string;
    const number = options.txnNumber as number;
    const transaction = options.isStart
      ? this.#begin(session, number, client)
      : this.sessions.getOpen(session, number, client);
    try {
      if (!command.inTransaction)
        throw new MongoError(263, `Cannot run '${command.name}' in a multi-document transaction.`);
      const reply = command.run(this.#request(body, options, transaction));
      if (hasWriteErrors(reply)) this.sessions.abort(transaction);
      return reply;
    } catch (error) {
      this.sessions.abort(transaction);
      throw error;
    }
  }

  #begin(session: string, number: number, client: Client): Transaction {
    const last = this.retries.last(session);
    if (last && last.txn >= number) throw tooOld(number, last.txn);
    return this.sessions.begin(session, number, client);
  }

  async #commit(body: Document, options: CommonOptions): Promise<Reply> {
    checkFields(body, 'commitTransaction', []);
    const { session, number } = transactionOf('commitTransaction', options);
    const transaction = this.sessions.find(session, number);
    if (transaction?.state === 'open') transaction.commit = this.#apply(transaction);
    if (transaction?.commit) {
      await transaction.commit;
      return { ok: 1 };
    }
    const last = this.retries.last(session);
    if (last?.txn === number && last.kind === 'transaction') return { ok: 1 };
    throw noSuchTransaction(number);
  }

  async #apply(transaction: Transaction): Promise<void> {
    const { session, number, workspace } = transaction;
    transaction.state = 'committing';
    try {
      if (!workspace.isEmpty)
        await this.queue.submit(() => {
          workspace.apply();
          const reply = encode({ ok: 1 });
          this.retries.record(session, { txn: number, kind: 'transaction', reply }, Date.now());
          return reply;
        }, undefined);
    } catch (error) {
      this.sessions.finish(transaction, 'aborted');
      throw error;
    }
    this.sessions.finish(transaction, 'committed');
  }

  #abort(body: Document, options: CommonOptions): Reply {
    checkFields(body, 'abortTransaction', []);
    const { session, number } = transactionOf('abortTransaction', options);
    const transaction = this.sessions.find(session, number);
    if (transaction?.state === 'committed' || transaction?.state === 'committing')
      throw new MongoError(256, `Transaction ${number} has been committed.`);
    if (transaction?.state !== 'open') throw noSuchTransaction(number);
    this.sessions.abort(transaction);
    return { ok: 1 };
  }

  #endSessions(body: Document): Reply {
    checkFields(body, 'endSessions', []);
    const ids = Array.isArray(body.endSessions) ? body.endSessions : [];
    const sessions = ids.filter(isDocument).map((id) => readSession(id) as string);
    this.sessions.end(sessions);
    for (const session of sessions) this.cursors.killOwnedBy(session);
    return { ok: 1 };
  }

  #request(body: Document, options: CommonOptions, transaction?: Transaction): Request {
    return {
      body,
      database: options.database,
      store: this.#store,
      workspace: transaction?.workspace ?? this.#store.plain,
      cursors: this.cursors,
      session: options.session,
      transaction: transaction?.number,
      timeLimit: { until: options.deadline },
    };
  }
}

/** True for what is done inside a transaction, which has to be repeated as a whole. */
function isStatement(name: string, body: Document): boolean {
  return body.autocommit === false && name !== 'commitTransaction' && name !== 'abortTransaction';
}

function transactionOf(name: string, options: CommonOptions): { session: string; number: number } {
  if (!options.isInTransaction || options.isStart)
    throw new MongoError(72, `${name} must be run within a transaction that has begun`);
  if (options.database !== 'admin')
    throw new MongoError(13, `${name} may only be run against the admin database.`);
  return { session: options.session as string, number: options.txnNumber as number };
}

function tooOld(number: number, used: number): MongoError {
  return new MongoError(225, `Cannot use transaction number ${number}: the session has already used ${used}`);
}

function toBytes(reply: Reply): Uint8Array {
  return reply instanceof Uint8Array ? reply : encode(reply);
}

function hasWriteErrors(reply: Reply): boolean {
  if (reply instanceof Uint8Array) return false;
  return 'writeErrors' in reply || Number(reply.nErrors ?? 0) > 0;
}
