import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Acknowledged } from '../../scripts/demo/client.ts';
import { runDemo, START } from '../../scripts/demo/run.ts';
import { type DemoServer, freePort, startServer } from '../../scripts/demo/server.ts';
import { compareWithLedger } from './support/compare.ts';
import { randomFrom } from './support/random.ts';

const KILLS = Number(process.env.KILLS ?? 30);
const SEED = Number(process.env.SEED ?? 20_260_105);

describe(`kill -9 at ${KILLS} random moments (seed ${SEED})`, function () {
  this.timeout(20 * 60_000);

  it('loses and doubles nothing that was acknowledged', async () => {
    const random = randomFrom(SEED);
    const directory = await mkdtemp(join(tmpdir(), 'shubbak-kill-'));
    const port = await freePort();
    const env = {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(directory, 'data'),
      CLOCK: 'demo',
      CLOCK_START: new Date(START).toISOString(),
      LOG_LEVEL: 'error',
    };
    const log: string[] = [];
    const keep = (line: string) => {
      log.push(line);
    };
    const ledger: Acknowledged[] = [];
    let server: DemoServer = await startServer(env, keep);
    let kills = 0;
    let over = false;
    let killing: Promise<void> = Promise.resolve();

    async function killer(): Promise<void> {
      while (kills < KILLS && !over) {
        await new Promise((resolve) => setTimeout(resolve, 200 + random() * 4_000));
        if (over) return;
        const ended = new Promise((resolve) => server.child.once('exit', resolve));
        server.child.kill('SIGKILL');
        await ended;
        kills++;
        server = await startServer(env, keep);
      }
    }

    try {
      const result = await runDemo({
        base: server.base,
        secret: server.secret,
        output: join(directory, 'output'),
        ledger,
        tell: () => {},
        onReady: () => {
          killing = killer();
          // a start that failed is told below, when the client has given up on it
          killing.catch((error: unknown) => log.push(`killer: ${String(error)}`));
        },
      });
      over = true;
      await killing;
      await server.stop();
      process.stderr.write(`      ${kills} kills, ${ledger.length} acknowledged requests\n`);
      expect(kills, 'the demonstration ended before all kills were done').to.equal(KILLS);
      expect(result.dossiers.filter((one) => one.licence?.valid).length).to.equal(9);
      const { filed } = await compareWithLedger({ dataDir: env.DATA_DIR }, ledger);
      expect(filed).to.equal(12);
    } catch (error) {
      process.stderr.write(`${log.slice(-20).join('\n')}\n`);
      throw error;
    } finally {
      over = true;
      // a server being started anew when a story fails would otherwise outlive it
      await killing.catch(() => undefined);
      server.child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  });
});
