import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pick, type Random } from '../support/random.ts';
import type { StoreProcess } from '../support/storeProcess.ts';
import type { Answer, Ask, FromNode, ToNode } from './messages.ts';

/** What became of a request: an answer, or nothing more heard because the node was killed meanwhile. */
export type Outcome = Answer | 'unknown';

/** Several engine nodes on one store, each in a process of its own, with a business clock that all share. */
export interface Cluster {
  readonly now: number;
  /** Asks that many different nodes the same at once. */
  ask(nodes: number, ask: Ask): Promise<Outcome[]>;
  /** Moves business time on, node by node. */
  jump(ms: number): Promise<void>;
  killNode(): Promise<void>;
  killStore(): Promise<void>;
  stop(): void;
}

interface Node {
  child: ChildProcess;
  waiting: Map<number, (outcome: Outcome) => void>;
  isUp: boolean;
}

export interface ClusterOptions {
  /** Path of the node's program. */
  program: string;
  nodes: number;
  store: StoreProcess;
  startAt: number;
  random: Random;
  log(line: string): void;
  /** Hears what must not happen. */
  fault(reason: string): void;
}

/** Longer than a node may take for anything, also while the store is away. */
const ANSWERS_WITHIN_MS = 120_000;

/** Starts the nodes and waits until all work. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { store, random, log, fault } = options;
  const nodes: Node[] = [];
  let now = options.startAt;
  let requests = 0;
  let generations = 0;
  let stopped = false;

  async function start(): Promise<Node> {
    const owner = `node-${++generations}`;
    const child = fork(options.program, [], {
      execArgv: [],
      env: {
        ...process.env,
        OWNER: owner,
        SEED: String(Math.floor(random() * 2 ** 31)),
        CLOCK_NOW: String(now),
        MONGODB_URI: store.uri,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const node: Node = { child, waiting: new Map(), isUp: false };
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', log);
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromNode) => {
        if ('ready' in message) return resolve();
        const { id, ...answer } = message;
        node.waiting.get(id)?.(answer);
        node.waiting.delete(id);
      });
      child.once('exit', (code, signal) => {
        node.isUp = false;
        reject(new Error(`${owner} ended with ${signal ?? code} before it was ready`));
        if (signal !== 'SIGKILL' && !stopped) fault(`${owner} ended by itself (${signal ?? code})`);
        for (const settle of node.waiting.values()) settle('unknown');
        node.waiting.clear();
      });
    });
    await ready;
    node.isUp = true;
    // Time may have moved on while it started.
    send(node, { clock: now });
    return node;
  }

  function send({ child }: Node, message: ToNode): void {
    // A node that ends at this moment is told of by its end.
    child.send(message, () => {});
  }

  function askOne(node: Node, ask: Ask): Promise<Outcome> {
    const id = ++requests;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        fault(`a node did not answer ${JSON.stringify(ask)}`);
        resolve('unknown');
      }, ANSWERS_WITHIN_MS);
      node.waiting.set(id, (outcome) => {
        clearTimeout(late);
        resolve(outcome);
      });
      send(node, { id, ...ask });
    });
  }

  nodes.push(...(await Promise.all(Array.from({ length: options.nodes }, start))));
  return {
    get now() {
      return now;
    },
    async ask(count, ask) {
      let up = nodes.filter(({ isUp }) => isUp);
      for (; up.length === 0; up = nodes.filter(({ isUp }) => isUp)) {
        if (stopped) return ['unknown'];
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const first = Math.floor(random() * up.length);
      const asked = Array.from({ length: Math.min(count, up.length) }, (_, n) => up[(first + n) % up.length]);
      return Promise.all(asked.flatMap((node) => (node === undefined ? [] : askOne(node, ask))));
    },
    async jump(ms) {
      now += ms;
      for (const node of nodes) {
        if (node.isUp) send(node, { clock: now });
        await new Promise((resolve) => setTimeout(resolve, random() * 50));
      }
    },
    async killNode() {
      const victim = pick(random, nodes);
      const ended = once(victim.child, 'exit');
      victim.child.kill('SIGKILL');
      await ended;
      if (!stopped) nodes[nodes.indexOf(victim)] = await start();
    },
    killStore: () => store.kill(),
    stop() {
      stopped = true;
      for (const { child } of nodes) child.kill('SIGKILL');
    },
  };
}
