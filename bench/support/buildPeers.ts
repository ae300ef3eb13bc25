import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('../peers/java/', import.meta.url));
/** Holds the hash of the sources that the last build was made from. */
const BUILT = join(FOLDER, 'harness', 'target', 'sources.sha256');

/** The engines by name, each with the class that measures it. */
const MAIN = { operaton: 'shubbak.peers.OperatonEngine', flowable: 'shubbak.peers.FlowableEngine' };

export type JavaPeer = keyof typeof MAIN;
export const JAVA_PEERS = Object.keys(MAIN) as JavaPeer[];

/** What `java` is told to run an engine. */
export const commandOf = (peer: JavaPeer): string[] => [
  '-cp',
  `${join(FOLDER, peer, 'target', `${peer}-1.jar`)}:${join(FOLDER, peer, 'target', 'lib', '*')}`,
  MAIN[peer],
];

/**
 * Has Maven compile the harness and fetch the engines, unless that is done already.
 * @throws Error with what Maven says is wrong
 */
export async function buildPeers(): Promise<void> {
  const sources = await hashOfSources();
  if (existsSync(BUILT) && (await readFile(BUILT, 'utf8')) === sources) return;
  try {
    await promisify(execFile)('mvn', ['--batch-mode', '--quiet', 'clean', 'package'], { cwd: FOLDER });
  } catch (error) {
    const said = (error as { stdout?: string }).stdout ?? '';
    const [first = String(error)] = said.split('\n').filter((line) => line.startsWith('[ERROR]'));
    throw new Error(first.replace('[ERROR] ', ''));
  }
  await writeFile(BUILT, sources);
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  const paths = (await readdir(FOLDER, { recursive: true })).filter(
    (path) => /\.(java|xml)$/.test(path) && !path.split(sep).includes('target'),
  );
  for (const path of paths.sort()) hash.update(`${path}\0`).update(await readFile(join(FOLDER, path)));
  return hash.digest('hex');
}
