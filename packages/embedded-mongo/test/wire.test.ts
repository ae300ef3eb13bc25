import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { opMsg, RawClient } from './support/rawClient.ts';
import { useStore } from './support/store.ts';

describe('the wire', () => {
  const store = useStore();

  it('presents a replica set of one', async () => {
    const hello = await store.db.admin().command({ hello: 1 });
    expect(hello).to.include({
      setName: 'embedded',
      isWritablePrimary: true,
      logicalSessionTimeoutMinutes: 30,
      maxWireVersion: 25,
    });
    expect(hello.hosts).to.deep.equal([hello.me]);
    expect(hello.compression).to.equal(undefined);
  });

  it('answers the old handshake by OP_QUERY, and nothing else by it', async () => {
    const raw = await RawClient.connect(store.server.uri, { signIn: false });
    const query = (body: object) => {
      const bytes = mongo.BSON.serialize(body);
      const head = Buffer.alloc(20 + 'admin.$cmd'.length + 9);
      head.writeInt32LE(head.length + bytes.length, 0);
      head.writeInt32LE(2004, 12);
      head.write('admin.$cmd', 20);
      return raw
        .sendBytes(Buffer.concat([head, bytes]))
        .then((reply) => mongo.BSON.deserialize(reply.subarray(36)));
    };
    expect((await query({ isMaster: 1 })).setName).to.equal('embedded');
    expect((await query({ find: 'c' })).code).to.equal(352);
    raw.close();
  });

  it('lets those who have not signed in say hello and no more', async () => {
    const raw = await RawClient.connect(store.server.uri, { signIn: false });
    expect((await raw.send({ hello: 1, $db: 'admin' })).ok).to.equal(1);
    expect((await raw.send({ ping: 1, $db: 'admin' })).ok).to.equal(1);
    for (const name of ['find', 'insert', 'buildInfo', 'listDatabases', 'endSessions', 'nonsense'])
      expect((await raw.send({ [name]: 'c', $db: 'admin' })).code, name).to.equal(13);
    raw.close();
  });

  it('refuses a wrong secret, by hand and by driver', async () => {
    const raw = await RawClient.connect(store.server.uri, { signIn: false });
    expect((await raw.signIn('wrong')).code).to.equal(18);
    expect((await raw.send({ find: 'c', $db: 'test' })).code).to.equal(13);
    raw.close();
    const uri = new URL(store.server.uri);
    uri.password = 'wrong';
    const client = new mongo.MongoClient(uri.href, { serverSelectionTimeoutMS: 1000 });
    const error = await client
      .db('test')
      .command({ count: 'c' })
      .catch((refusal: unknown) => refusal);
    await client.close();
    expect(error).to.be.instanceOf(mongo.MongoServerError).and.to.have.property('code', 18);
  });

  it('refuses a wrong server step: no start, another mechanism, a replayed proof', async () => {
    const raw = await RawClient.connect(store.server.uri, { signIn: false });
    expect(
      (
        await raw.send({
          saslContinue: 1,
          conversationId: 1,
          payload: new mongo.Binary(Buffer.from('x')),
          $db: 'admin',
        })
      ).code,
    ).to.equal(18);
    expect(
      (
        await raw.send({
          saslStart: 1,
          mechanism: 'PLAIN',
          payload: new mongo.Binary(Buffer.from('x')),
          $db: 'admin',
        })
      ).code,
    ).to.equal(334);
    raw.close();
  });

  it('refuses compression and unknown opcodes with an error', async () => {
    const raw = await RawClient.connect(store.server.uri);
    for (const opcode of [2012, 2001, 42]) {
      const reply = await raw.sendBytes(opMsg({ ping: 1 }, 0, opcode));
      expect(mongo.BSON.deserialize(reply.subarray(21)).code).to.equal(17);
    }
    expect((await raw.send({ ping: 1, $db: 'admin' })).ok).to.equal(1);
    raw.close();
  });

  it('refuses unknown flags, broken lengths and invalid BSON, and stays alive', async () => {
    const raw = await RawClient.connect(store.server.uri);
    const code = async (bytes: Uint8Array) =>
      mongo.BSON.deserialize((await raw.sendBytes(bytes)).subarray(21)).code;
    expect(await code(opMsg({ ping: 1 }, 1))).to.equal(17);
    expect(await code(opMsg({ ping: 1 }, 4))).to.equal(17);
    const wrongLength = opMsg({ ping: 1 });
    wrongLength.writeInt32LE(5000, 21);
    expect(await code(wrongLength)).to.equal(17);
    const invalid = opMsg({ ping: 'text' });
    invalid.writeInt32LE(999, 21 + 4 + 1 + 5);
    expect(await code(invalid)).to.equal(22);
    expect((await raw.send({ ping: 1, $db: 'admin' })).ok).to.equal(1);
    raw.close();
  });

  it('survives noise', async () => {
    for (let i = 0; i < 200; i++) {
      const raw = await RawClient.connect(store.server.uri, { signIn: false });
      const noise = i % 2 ? randomBytes(64) : opMsg({ ping: 1, $db: 'admin' });
      if (i % 2 === 0) noise[16 + (i % (noise.length - 16))] = 0xff ^ (i & 0xff);
      raw.socket.end(noise);
      raw.socket.resume();
      await raw.closed;
    }
    expect((await store.db.command({ ping: 1 })).ok).to.equal(1);
  });

  it('closes on a message over 48 MB, and over 64 KiB before signing in', async () => {
    for (const [signIn, size] of [
      [true, 48_000_001],
      [false, 70_000],
    ] as const) {
      const raw = await RawClient.connect(store.server.uri, { signIn });
      const head = Buffer.alloc(16);
      head.writeInt32LE(size, 0);
      raw.socket.write(head);
      await raw.closed;
    }
    expect((await store.db.command({ ping: 1 })).ok).to.equal(1);
  });

  it('does not answer an unacknowledged write, but does it', async () => {
    const c = store.fresh();
    const result = await c.insertOne({ a: 1 }, { writeConcern: { w: 0 } });
    expect(result.acknowledged).to.equal(false);
    for (let i = 0; i < 50 && (await c.countDocuments()) === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await c.countDocuments()).to.equal(1);
  });
});
