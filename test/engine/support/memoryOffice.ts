import { DomainError } from '../../../src/domain/errors.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { SYSTEM } from '../../../src/domain/party.ts';
import type { Incident } from '../../../src/domain/process.ts';
import { bpmnCore } from '../../../src/engine/bpmnCore.ts';
import type { EngineStore } from '../../../src/engine/engineStore.ts';
import { createHost } from '../../../src/engine/host.ts';
import type { Interpreter } from '../../../src/engine/interpreter.ts';
import { type MemoryTx, memoryStore } from '../../../src/engine/memoryStore.ts';
import { runnable } from './runnable.ts';

export type MemoryOffice = ReturnType<typeof memoryOffice>;

interface Given {
  interpreter?: Interpreter;
  /** That of another node. */
  memory?: ReturnType<typeof memoryStore>;
  /** The process that the dossier's filing began. */
  main?: string;
  /** What this node's store does otherwise. */
  change?: Partial<EngineStore<MemoryTx>>;
}

/** A host in memory for diagrams by their name, which stands for their hash, and for the procedure that a call names. */
export function memoryOffice(
  diagrams: Record<string, string>,
  { interpreter = bpmnCore(), memory = memoryStore(), main, change = {} }: Given = {},
) {
  const time = { real: 0 };
  const diagramOf = (name: string): string => {
    const diagram = diagrams[name];
    if (diagram === undefined) throw new DomainError('PROCEDURE_NOT_FOUND', { procedure: name });
    return diagram;
  };
  const host = createHost<MemoryTx>({
    interpreter,
    store: { ...memory, ...change },
    loadDefinition: async (hash) => runnable(hash, diagramOf(hash)),
    inForce: async (procedure) => diagramOf(procedure) && procedure,
    handlers: new Map(),
    dossierFacts: async () => ({ territory: '', round: 1, number: null, applicant: 'A', main: main ?? null }),
    clock: { now: () => 1000 },
    realNow: () => time.real,
    dueOf: (_limit, now) => now,
    timerDue: (_timer, now) => now,
    evaluate: () => null,
    calendarVersion: null,
    log: () => {},
  });
  const { records } = memory;
  const open = () => [...records.tasks.values()].filter(({ status }) => status === 'open');
  return {
    host,
    time,
    records,
    begin: (definition: string, id = definition, dossier = 'D', variables: JsonObject = {}) =>
      host.start({ id, definition, dossier, procedure: 'p', territory: '', variables }, SYSTEM),
    openTasks: () =>
      open()
        .map(({ instance, flowNode }) => `${instance} ${flowNode}`)
        .sort(),
    /** Completes the first open task of an instance. */
    async complete(instance: string, variables: JsonObject = {}) {
      const task = open().find((one) => one.instance === instance);
      if (task === undefined) throw new Error(`no task of ${instance} is open`);
      await host.complete(task, variables, SYSTEM);
    },
    events: (type: string) => records.events.filter((event) => event.type === type),
    openIncidents: (): Incident[] =>
      [...records.incidents.values()].filter(({ resolvedAt }) => resolvedAt === null),
    async variablesOf(id: string): Promise<JsonObject> {
      const instance = records.instances.get(id);
      if (instance === undefined) throw new Error(`there is no instance ${id}`);
      return (await host.inspect(instance)).variables;
    },
  };
}
