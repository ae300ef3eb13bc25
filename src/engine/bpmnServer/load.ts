import { booleanConditions } from './guards/booleanConditions.ts';
import { boundaryEvents } from './guards/boundaryEvents.ts';
import { cancelledBranches } from './guards/cancelledBranches.ts';
import { candidateGroups } from './guards/candidateGroups.ts';
import { definitionCache } from './guards/definitionCache.ts';
import { drawingOnly } from './guards/drawingOnly.ts';
import { eventGateway } from './guards/eventGateway.ts';
import { exclusiveGateway } from './guards/exclusiveGateway.ts';
import { flatVariables } from './guards/flatVariables.ts';
import { hops } from './guards/hops.ts';
import { incidents } from './guards/incidents.ts';
import { itemOrder } from './guards/itemOrder.ts';
import { multiInstance } from './guards/multiInstance.ts';
import { noFlowTaken } from './guards/noFlowTaken.ts';
import { oneSave } from './guards/oneSave.ts';
import { parallelJoin } from './guards/parallelJoin.ts';
import { quiet } from './guards/quiet.ts';
import { serviceJobs } from './guards/serviceJobs.ts';
import { stableIds } from './guards/stableIds.ts';
import { terminateEnd } from './guards/terminateEnd.ts';
import { timers } from './guards/timers.ts';
import { importWithoutListener } from './guards/uncaughtException.ts';
import type { Guard, Library } from './library.ts';

/** Every repair, in the order in which they are laid over each other. */
const GUARDS: readonly Guard[] = [
  quiet,
  drawingOnly,
  definitionCache,
  stableIds,
  itemOrder,
  oneSave,
  flatVariables,
  booleanConditions,
  noFlowTaken,
  exclusiveGateway,
  parallelJoin,
  eventGateway,
  candidateGroups,
  serviceJobs,
  timers,
  boundaryEvents,
  multiInstance,
  cancelledBranches,
  terminateEnd,
  hops,
  incidents,
];

let loaded: Promise<Library> | null = null;

/** Loads bpmn-server once per process, and only when it is asked for, with every repair installed. */
export function loadLibrary(): Promise<Library> {
  loaded ??= importWithoutListener(() => import('bpmn-server')).then((library) => {
    for (const guard of GUARDS) guard(library);
    return library;
  });
  return loaded;
}
