import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ReplayCase } from '../../../src/engine/replay.ts';
import { buildVersion } from '../../../src/procedures/buildVersion.ts';
import { readDiagram } from '../../../src/procedures/diagram.ts';
import { listProcedures, readProcedure } from '../../../src/procedures/readProcedure.ts';
import type { ProcedureVersion } from '../../../src/procedures/types.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Where there are procedures: what ships, and the example of the how-to. */
const FOLDERS = ['.', 'docs/how-to/examples/advertising-permit'];

/** A procedure with all that its cases say people and services may give it. */
export interface WalkedProcedure {
  version: ProcedureVersion;
  starts: JsonObject[];
  /** What each user task or service task may bring, by flow node; one that no case gives anything brings nothing. */
  brings: Map<string, JsonObject[]>;
  /** Flow nodes that a timer may end. */
  timed: Set<string>;
}

/** All procedures there are, read as the product reads them. */
export async function readProcedures(): Promise<WalkedProcedure[]> {
  const all: WalkedProcedure[] = [];
  for (const folder of FOLDERS) {
    const root = { processes: join(ROOT, folder, 'processes'), forms: join(ROOT, folder, 'forms') };
    for (const id of await listProcedures(root)) {
      const published = { publishedAt: 0, publishedBy: 'soak', note: '' };
      const version = await buildVersion(await readProcedure(root, id), published);
      all.push({
        version,
        ...(await readCases(join(root.processes, id, 'cases'))),
        timed: await timed(version),
      });
    }
  }
  return all;
}

async function readCases(folder: string): Promise<Pick<WalkedProcedure, 'starts' | 'brings'>> {
  const starts: JsonObject[] = [];
  const brings = new Map<string, JsonObject[]>();
  const add = (all: JsonObject[], one: JsonObject) => {
    if (!all.some((known) => JSON.stringify(known) === JSON.stringify(one))) all.push(one);
    return all;
  };
  for (const file of (await readdir(folder)).sort()) {
    const { variables, services, steps } = JSON.parse(
      await readFile(join(folder, file), 'utf8'),
    ) as ReplayCase;
    add(starts, variables);
    const given = steps.flatMap(({ complete, variables = {} }) =>
      complete === undefined ? [] : ([[complete, variables]] as const),
    );
    for (const [flowNode, brought] of [...Object.entries(services), ...given])
      brings.set(flowNode, add(brings.get(flowNode) ?? [], brought));
  }
  return { starts, brings };
}

async function timed({ diagram }: ProcedureVersion): Promise<Set<string>> {
  const { nodes } = await readDiagram(diagram);
  const ending = nodes.filter(({ timer, interrupting }) => timer !== null && interrupting);
  return new Set(ending.flatMap(({ attachedTo }) => attachedTo ?? []));
}
