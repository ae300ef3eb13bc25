import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Intervention, mustBePassed } from '../../domain/intervention.ts';
import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import { grantsOf } from '../../domain/party.ts';
import type { ProcessInstance } from '../../domain/process.ts';
import type { Inside, InterventionCommand } from '../../engine/interpreter.ts';
import { isDeciding } from '../../handlers/registry.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { type IncidentView, withPlaces } from './incidents.ts';
import { operatedInstance } from './intervene.ts';

/** A flow node with its name in the diagram. */
interface NamedPlace {
  flowNode: string;
  name: LocalizedText | null;
}

/** A process as its operator finds it in a list. */
export interface InstanceRow {
  id: string;
  dossier: string;
  dossierNumber: string | null;
  procedure: string;
  /** Content hash of the version it runs by. */
  version: string;
  territory: string;
  status: ProcessInstance['status'];
  startedAt: number;
  endedAt: number | null;
}

/** Something that waits in a process, how many tasks of people that is, and where it may be moved to. */
export interface WaitingView extends NamedPlace {
  token: string;
  waitsFor: string;
  tasks: number;
  /** The incident that stopped it; null when it is not stopped. */
  incident: string | null;
  mayGoTo: NamedPlace[];
}

/** A process with what is in it and what may be done to it by hand. */
export interface InstanceView extends InstanceRow {
  variables: JsonObject;
  waiting: WaitingView[];
  /** What the engine that runs here can do beside skipping work and cancelling. */
  interventions: readonly InterventionCommand[];
  incidents: IncidentView[];
  history: (Intervention & {
    byName: string | null;
    name: LocalizedText | null;
    toName: LocalizedText | null;
  })[];
}

/** The processes of a dossier by its number or identifier, in the territories one operates. @throws DomainError FORBIDDEN */
export async function findInstances(
  { store }: Dependencies,
  { actor }: RequestContext,
  input: { number?: string | undefined; dossier?: string | undefined },
): Promise<InstanceRow[]> {
  if (grantsOf(actor, 'operator').length === 0)
    throw new DomainError('FORBIDDEN', { act: 'instance.operate' });
  const number = input.number?.trim().toUpperCase();
  const found =
    input.dossier !== undefined
      ? await store.dossiers.some([input.dossier])
      : number === undefined
        ? []
        : (await store.dossiers.list({ scopes: [{}], number }, { limit: 20, cursor: null })).items;
  const operated = found.filter((dossier) => isAllowed(actor, 'instance.operate', dossier));
  const rows = await Promise.all(
    operated.map(async (dossier) => {
      const instances = await store.instances.ofDossier(dossier.id);
      return instances.map((instance) => rowOf(instance, dossier));
    }),
  );
  return rows.flat();
}

/** One process, for whoever operates it. @throws DomainError INSTANCE_NOT_FOUND */
export async function readInstance(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string },
): Promise<InstanceView> {
  const { instance, dossier } = await operatedInstance(deps, context, input.id);
  const [inside, incidents, history, version] = await Promise.all([
    deps.engine.inspect(instance),
    deps.store.incidents.openOf(instance.id),
    deps.store.interventions.ofInstance(instance.id),
    deps.catalog.get(instance.definition),
  ]);
  const place = (flowNode: string): NamedPlace => ({ flowNode, name: version.names[flowNode] ?? null });
  const undecided = await decisionsToCome(deps, instance, dossier);
  const accounts = await deps.store.accounts.some([...new Set(history.map(({ by }) => by))]);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    ...rowOf(instance, dossier),
    variables: inside.variables,
    waiting: inside.tokens.map(({ id, flowNode, waitsFor, work, mayGoTo }) => ({
      token: id,
      ...place(flowNode),
      waitsFor,
      tasks: instance.openTasks.filter((task) => task.flowNode === flowNode).length,
      incident: incidents.find(({ token }) => token === work)?.id ?? null,
      mayGoTo: mayGoTo.filter((to) => mustBePassed(to, undecided, inside).length === 0).map(place),
    })),
    interventions: deps.engine.interventions,
    incidents: await withPlaces(deps, incidents),
    history: history.map((one) => ({
      ...one,
      byName: names.get(one.by) ?? null,
      name: one.flowNode === null ? null : place(one.flowNode).name,
      toName: one.to === null ? null : place(one.to).name,
    })),
  };
}

/** The decisions and signatures, not given in this round, that a token put on a flow node would pass by. */
export async function passedBy(
  deps: Dependencies,
  instance: ProcessInstance,
  dossier: Dossier,
  to: string,
): Promise<string[]> {
  const inside: Inside = await deps.engine.inspect(instance);
  return mustBePassed(to, await decisionsToCome(deps, instance, dossier), inside);
}

async function decisionsToCome(
  deps: Dependencies,
  instance: ProcessInstance,
  { id, round }: Dossier,
): Promise<string[]> {
  const { tasks } = await deps.catalog.get(instance.definition);
  const done = (await deps.store.tasks.ofDossier(id)).filter(
    (task) => task.status === 'completed' && task.round === round,
  );
  return Object.values(tasks)
    .filter(({ handler }) => isDeciding(handler))
    .map(({ flowNode }) => flowNode)
    .filter((flowNode) => !done.some((task) => task.flowNode === flowNode));
}

function rowOf(instance: ProcessInstance, dossier: Dossier): InstanceRow {
  const { id, procedure, definition, status, startedAt, endedAt } = instance;
  return {
    id,
    dossier: dossier.id,
    dossierNumber: dossier.number,
    procedure,
    version: definition,
    territory: dossier.commune,
    status,
    startedAt,
    endedAt,
  };
}
