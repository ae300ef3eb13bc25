import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Person } from '../../scripts/demo/client.ts';
import { type DemoServer, freePort, startServer } from '../../scripts/demo/server.ts';

const PASSWORD = 'a-password-of-the-first-one';
const command = fileURLToPath(new URL('../../src/serveStore.ts', import.meta.url));

describe('several nodes on one store', function () {
  this.timeout(5 * 60_000);

  it('go on by themselves when the store is started again', async () => {
    // given
    const directory = await mkdtemp(join(tmpdir(), 'shubbak-nodes-'));
    const log: string[] = [];
    const running: ChildProcess[] = [];
    const storeEnv = { STORE_DIR: join(directory, 'store'), STORE_PORT: String(await freePort()) };
    async function startStore(): Promise<{ uri: string; child: ChildProcess }> {
      const child = spawn(process.execPath, ['--import', 'tsx', command], {
        env: { ...process.env, ...storeEnv },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
      const [uri] = await once(createInterface({ input: child.stdout }), 'line');
      return { uri, child };
    }
    async function startNode(uri: string): Promise<DemoServer> {
      const env = {
        PORT: String(await freePort()),
        HOST: '127.0.0.1',
        DATA_DIR: join(directory, 'data'),
        MONGODB_URI: uri,
        LOG_LEVEL: 'warn',
      };
      const node = await startServer(env, (line) => log.push(line));
      running.push(node.child);
      return node;
    }
    try {
      let store = await startStore();
      const one = await startNode(store.uri);
      const other = await startNode(store.uri);
      await fetch(`${one.base}/api/v1/accounts/activation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret: one.secret, password: PASSWORD }),
      });
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        // when
        const ended = once(store.child, 'exit');
        store.child.kill(signal);
        await ended;
        const first = store.uri;
        store = await startStore();
        // then
        expect(store.uri).to.equal(first);
        for (const { base } of [one, other]) {
          while (!(await fetch(`${base}/health`)).ok) await sleep(50);
          const me = await new Person(base, [], 'admin@shubbak.invalid', PASSWORD).get<{ email: string }>(
            '/me',
          );
          expect(me.email).to.equal('admin@shubbak.invalid');
        }
      }
      expect([one.child.exitCode, other.child.exitCode]).to.deep.equal([null, null]);
      await one.stop();
      await other.stop();
    } catch (error) {
      process.stderr.write(`${log.slice(-20).join('\n')}\n`);
      throw error;
    } finally {
      for (const child of running) child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  });
});
