import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dossier } from '../../src/domain/dossier.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { createHost } from '../../src/engine/host.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import { buildVersion } from '../../src/procedures/buildVersion.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';
import type { ProcedureVersion } from '../../src/procedures/types.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';
import type { Tx } from '../../src/store/store.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/how-to/examples/advertising-permit/', import.meta.url));
const SEQUENCE = fileURLToPath(new URL('../diagrams/seq10.bpmn', import.meta.url));
const FORM = 'advertising-permit/place-check';
/** What the form of every task takes. */
export const ANSWER = { suitable: true, observations: 'Emplacement vu, rien à signaler.' };
const AT_ONCE = 64;

/**
 * A procedure of ten user tasks in sequence, each with a real form and the handler that keeps it: nothing but
 * completions, since that is what is measured.
 */
export async function tenTasks(): Promise<ProcedureVersion> {
  const example = await readProcedure(
    { processes: join(EXAMPLE, 'processes'), forms: join(EXAMPLE, 'forms') },
    'advertising-permit',
  );
  const diagram = (await readFile(SEQUENCE, 'utf8'))
    .replace(
      '<bpmn:definitions ',
      '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:permit="urn:shubbak:permit:1" ',
    )
    .replaceAll(
      '<bpmn:userTask ',
      `<bpmn:userTask camunda:candidateGroups="registryOfficer" camunda:formKey="${FORM}" permit:limit="P5D" permit:calendar="workingDays" permit:article="Loi 55-19" `,
    );
  return buildVersion(
    { ...example, diagram, decisions: {} },
    { publishedAt: Date.now(), publishedBy: 'benchmark', note: 'ten tasks in sequence' },
  );
}

/** Begins so many dossiers of a procedure in a store, as copies of a draft; answers the first task of each. */
export async function beginDossiers(
  store: MongoStore,
  version: ProcedureVersion,
  model: Dossier,
  count: number,
): Promise<string[]> {
  const now = Date.now();
  await store.transaction((tx) => store.procedures.insert(tx, version));
  const host = createHost<Tx>({
    interpreter: bpmnCore(),
    store: store.engine,
    loadDefinition: async () => version,
    handlers: new Map(),
    dossierFacts: async () => ({
      territory: model.commune,
      round: 1,
      number: model.number,
      applicant: model.applicant,
    }),
    clock: { now: () => now },
    realNow: () => Date.now(),
    dueOf: (_limit, at) => at + 5 * 86_400_000,
    timerDue: (_timer, at) => at,
    evaluate,
    calendarVersion: null,
    log: () => undefined,
  });
  const begin = async (index: number): Promise<string> => {
    const id = `bench-dossier-${index}`;
    const instance = `bench-instance-${index}`;
    const dossier: Dossier = {
      ...model,
      id,
      instance,
      procedure: version.id,
      definition: version.hash,
      number: `${model.commune}-PC-2026-${String(index).padStart(5, '0')}`,
      status: 'underStudy',
    };
    const { tasksOpened } = await host.start(
      {
        id: instance,
        dossier: id,
        procedure: version.id,
        definition: version.hash,
        territory: model.commune,
        variables: {},
      },
      SYSTEM,
      {
        async write(tx) {
          await store.dossiers.insert(tx, dossier);
          return [];
        },
      },
    );
    return tasksOpened.map((task) => task.id).join();
  };
  const tasks: string[] = [];
  for (let from = 0; from < count; from += AT_ONCE)
    tasks.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => begin(from + i)),
      )),
    );
  await host.stop();
  return tasks;
}
