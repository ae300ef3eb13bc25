import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { TestStore } from '../support/testStore.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('a connection that closes', (open) => {
  let store: TestStore;
  let sockets: Socket[];
  const keep = (message: unknown) => sockets.push((message as { socket: Socket }).socket);

  beforeEach(async () => {
    sockets = [];
    subscribe('net.client.socket', keep);
    store = await open();
  });
  const next = () => store.transaction((tx) => store.counters.next(tx, 'series'));
  afterEach(() => unsubscribe('net.client.socket', keep));

  it('lets no command wait for ever that is about to be written', async () => {
    // given
    await store.settings.set('kept', { is: true });
    // when: closed, but the driver has not been told of it yet
    for (const socket of sockets) socket.destroy();
    const read = store.settings.get('kept');
    const written = next().catch(({ code }: { code: string }) => code);
    // then: what only reads is done again by the driver, the other may be left to whoever asked for it
    expect(await read).to.deep.equal({ is: true });
    const outcome = await written;
    expect(outcome).to.be.oneOf([1, 'UNAVAILABLE']);
    expect(await next()).to.equal(outcome === 1 ? 2 : 1);
  }).timeout(20_000);
});
