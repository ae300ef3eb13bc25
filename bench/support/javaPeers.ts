import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPeers, commandOf, JAVA_PEERS, type JavaPeer } from './buildPeers.ts';
import { type DurableFigures, type DurableMeasure, inWords } from './durableFigures.ts';
import { lastCore } from './lastCore.ts';
import { findPeerTools } from './peerTools.ts';
import { startPostgres } from './postgres.ts';

/** What an embedded Java engine does of a measure in one setting. */
export interface JavaFigures extends DurableFigures {
  engine: string;
  version: string;
  measure: DurableMeasure;
  /** Whether engine and database shared one core. */
  pinned: boolean;
  /** How many used the engine at once. */
  clients: number;
  /** Seconds of processor time, of the engine with its virtual machine and of all processes of the database. */
  jvmCpu: number;
  databaseCpu: number;
  /** Seconds of the clock. */
  wall: number;
  instances: number;
}

const DIAGRAMS = fileURLToPath(new URL('../diagrams/', import.meta.url));
/** Nearly all objects are young: room for them spares the collector work. */
const MEMORY = ['-Xms1g', '-Xmx1g', '-Xmn512m'];
const GIVE_UP_AFTER_MS = 300_000;

/**
 * Measures the embedded Java engines, each on a PostgreSQL of its own, unpinned and with engine and database on one core, or
 * tells what they need that is not there.
 */
export async function measureJavaPeers(
  measures: readonly DurableMeasure[],
  tell: (line: string) => void,
): Promise<JavaFigures[] | { missing: string[] }> {
  const tools = await findPeerTools();
  if ('missing' in tools) return tools;
  try {
    await buildPeers();
  } catch (error) {
    return { missing: [`the engines, which mvn did not build: ${(error as Error).message}`] };
  }
  const all: JavaFigures[] = [];
  for (const peer of JAVA_PEERS) {
    for (const pinned of [false, true]) {
      const { figures, rounds } = await measurePeer(peer, measures, tools.postgres, pinned);
      tell(`${peer}, ${pinned ? 'pinned to one core' : 'unpinned'}, instances/CPU-s of each round:`);
      for (const line of [...rounds, ...figures.map(described)]) tell(`  ${line}`);
      all.push(...figures);
    }
  }
  return all;
}

async function measurePeer(
  peer: JavaPeer,
  measures: readonly DurableMeasure[],
  binaries: string,
  pinned: boolean,
): Promise<{ figures: JavaFigures[]; rounds: string[] }> {
  const core = pinned ? await lastCore() : undefined;
  const postgres = await startPostgres(binaries, core);
  try {
    const collector = pinned ? '-XX:+UseSerialGC' : '-XX:+UseParallelGC';
    const java = ['java', collector, ...MEMORY, ...commandOf(peer), ...measures];
    const [program = '', ...options] = core === undefined ? java : ['taskset', '-c', String(core), ...java];
    const { stdout, stderr } = await promisify(execFile)(program, options, {
      timeout: GIVE_UP_AFTER_MS,
      env: {
        ...process.env,
        DIAGRAMS,
        DATABASE_PORT: String(postgres.port),
        DATABASE_PASSWORD: postgres.password,
        DATABASE_PID: String(postgres.pid),
      },
    });
    const figures = linesOf(stdout).map((line) => ({ ...(JSON.parse(line) as JavaFigures), pinned }));
    return { figures, rounds: linesOf(stderr) };
  } finally {
    await postgres.stop();
  }
}

const described = (figures: JavaFigures): string => {
  const { measure, clients, instances, jvmCpu, databaseCpu, wall } = figures;
  const used = `JVM ${jvmCpu.toFixed(1)} s, database ${databaseCpu.toFixed(1)} s, clock ${wall.toFixed(1)} s`;
  return `${measure}, clients ${clients}: ${inWords(figures)} (${instances} instances: ${used})`;
};

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
