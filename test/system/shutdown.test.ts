import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { freePort, startServer } from '../../scripts/demo/server.ts';

const PASSWORD = 'a-password-of-the-first-one';
/** Requests under way are given fifteen seconds, its own store ten. */
const LIMIT_MS = 25_000;

describe('a server that is asked to end', () => {
  it('answers everybody who has asked, and exits well', async () => {
    // given people signing in, whose passwords take a moment to check
    const directory = await mkdtemp(join(tmpdir(), 'shubbak-end-'));
    const env = { PORT: String(await freePort()), HOST: '127.0.0.1', DATA_DIR: directory, LOG_LEVEL: 'warn' };
    const { base, secret, child } = await startServer(env, () => {});
    try {
      const post = (path: string, body: object) =>
        fetch(`${base}/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      await post('/accounts/activation', { secret, password: PASSWORD });
      const credentials = { email: 'admin@shubbak.invalid', password: PASSWORD };
      const signingIn = Array.from({ length: 8 }, () => post('/sessions', credentials));
      // when the first has been answered, the others have been heard
      await Promise.race(signingIn);
      const askedAt = performance.now();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      // then
      const answers = await Promise.all(signingIn);
      // Too many at once for one account are told so: an answer too.
      for (const { status } of answers) expect(status).to.be.oneOf([201, 429]);
      expect(await ended).to.deep.equal([0, null]);
      expect(performance.now() - askedAt).to.be.lessThan(LIMIT_MS);
      expect(await post('/sessions', credentials).catch(() => 'nobody there')).to.equal('nobody there');
    } finally {
      child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  });
});
