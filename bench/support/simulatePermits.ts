import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { PLAIN_TIME, type ReplayCase, scenarioOf } from '../../src/engine/replay.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { buildVersion } from '../../src/procedures/buildVersion.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../${name}/`, import.meta.url));
const PROCEDURE = 'building-permit-small';
const RUNS = 10_000;

/**
 * Seconds in which ten thousand dossiers of the small building permit are simulated on one core, from filing to an end, by
 * the histories that the procedure ships with, in turn.
 */
export async function simulatePermits(): Promise<number> {
  const folders = { processes: folder('processes'), forms: folder('forms') };
  const source = await readProcedure(folders, PROCEDURE);
  const definition = await buildVersion(source, { publishedAt: 0, publishedBy: '', note: '' });
  const cases = `${folders.processes}/${PROCEDURE}/cases`;
  const histories = readdirSync(cases).map(
    (file) => JSON.parse(readFileSync(`${cases}/${file}`, 'utf8')) as ReplayCase,
  );
  const scenarios = histories.map(scenarioOf);
  const begun = performance.now();
  let ended = 0;
  for await (const { instance } of simulate({
    interpreter: bpmnCore(),
    definition,
    ...PLAIN_TIME,
    runs: RUNS,
    scenario: (run) => scenarios[run % scenarios.length] as (typeof scenarios)[number],
  })) {
    if (instance.status === 'active') throw new Error('a history ends before its dossier');
    ended++;
  }
  if (ended !== RUNS) throw new Error(`${ended} of ${RUNS} dossiers ended`);
  return Math.round((performance.now() - begun) / 10) / 100;
}
