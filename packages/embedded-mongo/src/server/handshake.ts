import { checkFields, optionalFlag, type Reply } from '../commands/command.ts';
import { badValue, MongoError } from '../errors.ts';
import { maxDocumentBytes } from '../values/codec.ts';
import type { Document } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import type { Authentication } from './authentication.ts';
import { userName } from './scram.ts';

/** The name of the replica set whose only member this server is. */
export const replicaSetName = 'embedded';

/** The largest message a client may send. */
export const maxMessageBytes = 48_000_000;

const helloFields = [
  'helloOk',
  'client',
  'compression',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'loadBalanced',
  'backpressure',
];

/** Presents the server as the primary of a replica set of one, so that drivers use sessions, transactions and retries. */
export function hello(body: Document, name: string, address: string, authentication: Authentication): Reply {
  checkFields(body, name, helloFields);
  if (optionalFlag(body.loadBalanced, 'loadBalanced'))
    throw badValue('this server is not behind a load balancer');
  optionalFlag(body.helloOk, 'helloOk');
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: replicaSetName,
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
    ...mechanisms(body),
    ...speculative(body, authentication),
    ok: 1,
  };
}

function mechanisms({ saslSupportedMechs: user }: Document): object {
  if (user === undefined) return {};
  return { saslSupportedMechs: user === `admin.${userName}` ? ['SCRAM-SHA-256'] : [] };
}

/** A client may begin to sign in with its first message; when that fails it is simply not answered. */
function speculative({ speculativeAuthenticate: start }: Document, authentication: Authentication): object {
  if (!isDocument(start)) return {};
  try {
    return { speculativeAuthenticate: authentication.start(start) };
  } catch (error) {
    if (error instanceof MongoError) return {};
    throw error;
  }
}

/** Says which server version's behaviour this one follows. */
export function buildInfo(body: Document): Reply {
  checkFields(body, 'buildInfo', []);
  return {
    version: '8.0.0',
    versionArray: [8, 0, 0, 0],
    gitVersion: 'embedded-mongo',
    modules: [],
    bits: 64,
    maxBsonObjectSize: maxDocumentBytes,
    ok: 1,
  };
}

/** Answers that the server is there. */
export function ping(body: Document): Reply {
  checkFields(body, 'ping', []);
  return { ok: 1 };
}
