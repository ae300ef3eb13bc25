import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { closeHttpServer, createHttpServer } from '../../src/http/server.ts';
import { createTranslate } from '../../src/locales/translate.ts';

const translate = createTranslate();
const LONG = 30_000;

/** A server whose answers are given when the test says so. */
async function aServer() {
  const answers: (() => void)[] = [];
  const app = express();
  app.get('/', (_req, res) => {
    answers.push(() => res.send('done'));
  });
  const server = createHttpServer(app, translate);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** Asks on the connection that is kept open; answers the status, or the code of what failed. */
  const ask = async (): Promise<number | string> => {
    try {
      const [answer] = (await once(get({ port, agent, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
      answer.resume();
      await once(answer, 'end');
      return answer.statusCode ?? 0;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'failed';
    }
  };
  const asked = (count: number) => until(() => answers.length === count);
  return { server, answers, ask, asked };
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a server that ends', () => {
  it('answers what is under way, and takes nothing new on a connection that is kept open', async () => {
    // given a request under way, and one that waits behind it for the same connection
    const { server, answers, ask, asked } = await aServer();
    const first = ask();
    await asked(1);
    const next = ask();
    // when
    const closed = closeHttpServer(server, translate, LONG);
    answers[0]?.();
    // then
    expect(await first).to.equal(200);
    expect(await next).to.be.oneOf([503, 'ECONNREFUSED', 'ECONNRESET']);
    await closed;
    expect(answers).to.have.length(1);
    expect(await ask()).to.equal('ECONNREFUSED');
  });

  it('does not wait longer than its limit', async () => {
    // given
    const { server, ask, asked } = await aServer();
    const hanging = ask();
    await asked(1);
    // when
    await closeHttpServer(server, translate, 100);
    // then
    expect(await hanging).to.equal('ECONNRESET');
  });
});
