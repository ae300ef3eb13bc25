import type { Draft } from './draft.ts';
import type { Report } from './report.ts';
import { boundaryEvents } from './rules/boundaryEvents.ts';
import { compensation } from './rules/compensation.ts';
import { conditions } from './rules/conditions.ts';
import { connections } from './rules/connections.ts';
import { eventGateways } from './rules/eventGateways.ts';
import { reachable } from './rules/reachable.ts';
import { starts } from './rules/starts.ts';
import { waitlessCycles } from './rules/waitlessCycles.ts';

/** The rules on the flow as a whole; each refuses what would not run as drawn. */
export const RULES: readonly ((draft: Draft, report: Report) => void)[] = [
  starts,
  connections,
  reachable,
  conditions,
  eventGateways,
  boundaryEvents,
  compensation,
  waitlessCycles,
];
