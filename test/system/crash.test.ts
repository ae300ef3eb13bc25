import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { Person } from '../../scripts/demo/client.ts';
import { type DemoServer, freePort, startServer } from '../../scripts/demo/server.ts';

const PASSWORD = 'a-password-of-the-first-one';
const MESSAGE = 'a library fails where nobody waits for it';

/**
 * A fault inside the code of a library, in a callback of its own: loaded into each process, it fails in the main thread of the
 * one that FAULT_IN names, when the file FAULT_WHEN appears.
 */
const FAULT = `
  import { existsSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  const { FAULT_IN, FAULT_KIND, FAULT_WHEN } = process.env;
  if (isMainThread && process.argv[1]?.replaceAll('\\\\', '/').endsWith(FAULT_IN)) {
    const timer = setInterval(() => {
      if (!existsSync(FAULT_WHEN)) return;
      clearInterval(timer);
      const error = new Error('${MESSAGE}');
      if (FAULT_KIND === 'thrown') throw error;
      void Promise.reject(error);
    }, 50);
    timer.unref();
  }
`;

const SERVER = '/src/main.ts';
const STORE = '/embedded-mongo/src/server.ts';

/** The older engine installs a listener that would swallow such faults: it is taken away when it is loaded. */
const CASES = [
  { title: 'an error thrown in the server', part: SERVER, kind: 'thrown', engine: 'bpmn-server' },
  { title: 'a rejection in the server', part: SERVER, kind: 'rejected', engine: 'bpmn-core' },
  { title: 'an error thrown in the store', part: STORE, kind: 'thrown', engine: 'bpmn-core' },
  { title: 'a rejection in the store', part: STORE, kind: 'rejected', engine: 'bpmn-core' },
];

describe('a fault inside a library', function () {
  this.timeout(3 * 60_000);

  for (const { title, part, kind, engine } of CASES) {
    it(`ends the process with an error, and the next start is clean: ${title}`, async () => {
      // given
      const directory = await mkdtemp(join(tmpdir(), 'shubbak-crash-'));
      const fault = join(directory, 'fault.mjs');
      const when = join(directory, 'now');
      await writeFile(fault, FAULT);
      const port = await freePort();
      const env = {
        PORT: String(port),
        HOST: '127.0.0.1',
        DATA_DIR: join(directory, 'data'),
        LOG_LEVEL: 'warn',
        ENGINE: engine,
      };
      const log: string[] = [];
      const running: DemoServer[] = [];
      const start = async (more: Record<string, string>) => {
        const server = await startServer({ ...env, ...more }, (line) => log.push(line));
        running.push(server);
        return server;
      };
      try {
        const first = await start({
          NODE_OPTIONS: `--import ${pathToFileURL(fault).href}`,
          FAULT_IN: part,
          FAULT_KIND: kind,
          FAULT_WHEN: when,
        });
        const activated = await fetch(`${first.base}/api/v1/accounts/activation`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ secret: first.secret, password: PASSWORD }),
        });
        expect(activated.ok).to.equal(true);
        const { email } = (await activated.json()) as { email: string };
        // when
        const ended = once(first.child, 'exit') as Promise<[number | null, string | null]>;
        await writeFile(when, '');
        const [code, signal] = await ended;
        // then
        expect(signal).to.equal(null);
        expect(code).to.be.above(0);
        expect(log.join('\n')).to.contain(
          part === SERVER ? MESSAGE : 'the embedded store ended unexpectedly',
        );
        // and
        log.length = 0;
        const next = await start({});
        const administrator = new Person(next.base, [], email, PASSWORD);
        const { items } = await administrator.get<{ items: { email: string }[] }>('/admin/accounts?limit=10');
        expect(items.map((one) => one.email)).to.include(email);
        expect((await fetch(`${next.base}/health`)).status).to.equal(200);
        expect(log.filter((line) => line.includes('"level":50') || line.includes('damaged'))).to.deep.equal(
          [],
        );
        await next.stop();
        expect(next.child.exitCode).to.equal(0);
      } finally {
        for (const { child } of running) child.kill('SIGKILL');
        await rm(directory, { recursive: true, force: true });
      }
    });
  }
});
