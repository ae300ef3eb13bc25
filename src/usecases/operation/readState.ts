import { authorize } from '../../domain/access.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';

/** What waits in this office, and with what means: for those who run it. */
export interface OperationState {
  now: number;
  clock: 'real' | 'demo';
  /** When the next timer of a procedure falls due; null when none waits. */
  nextTimerAt: number | null;
  waiting: { jobs: number; timers: number; deliveries: number; incidents: number };
  mail: { enabled: boolean; waiting: number; failed: number };
  /** In bytes; null where the system does not tell. */
  disk: { free: number; total: number } | null;
}

/** What reading the state asks of the node beside the store. */
export interface StateDependencies extends Dependencies {
  demoClock: unknown;
  nextTimerAt(): Promise<number | null>;
  diskSpace(): Promise<{ free: number; total: number } | null>;
}

/** Tells an operator how the office does. @throws DomainError FORBIDDEN */
export async function readState(deps: StateDependencies, { actor }: RequestContext): Promise<OperationState> {
  authorize(actor, 'operation.read', null);
  const [nextTimerAt, waiting, mail, disk] = await Promise.all([
    deps.nextTimerAt(),
    deps.store.backlog.count(),
    deps.store.notifications.countMail(),
    deps.diskSpace(),
  ]);
  return {
    now: deps.clock.now(),
    clock: deps.demoClock === null ? 'real' : 'demo',
    nextTimerAt,
    waiting,
    mail: { enabled: deps.mailEnabled, ...mail },
    disk,
  };
}
