import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Intervention, reasonErrors, variableErrors } from '../../domain/intervention.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ProcessInstance } from '../../domain/process.ts';
import type { Alongside } from '../../engine/port.ts';
import type { Tx } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { invalidInput } from '../invalidInput.ts';
import { remember } from '../remember.ts';

/** A process that one operates, with its dossier. @throws DomainError INSTANCE_NOT_FOUND, also where one does not operate */
export async function operatedInstance(
  core: Pick<Core, 'store'>,
  { actor }: Pick<RequestContext, 'actor'>,
  id: string,
): Promise<{ instance: ProcessInstance; dossier: Dossier }> {
  const instance = await core.store.instances.find(id);
  const dossier = instance === null ? null : await core.store.dossiers.find(instance.dossier);
  if (instance === null || dossier === null || !isAllowed(actor, 'instance.operate', dossier)) {
    throw new DomainError('INSTANCE_NOT_FOUND', { instance: id });
  }
  return { instance, dossier };
}

/** Refuses a reason that says nothing, and variables that a process could not carry. @throws DomainError INVALID_INPUT */
export function checkGiven({
  reason,
  variables = {},
}: {
  reason: string;
  variables?: JsonObject | undefined;
}): void {
  invalidInput([...reasonErrors(reason), ...variableErrors(variables)]);
}

/**
 * What goes with an intervention, in its transaction: the record that keeps who, what and why; the event, which refers
 * to it; and the request's key.
 */
export function recorded(
  core: Core,
  context: RequestContext,
  dossier: Dossier,
  made: { kind: string; id: string },
  what: Pick<Intervention, 'instance' | 'kind' | 'reason'> &
    Partial<Pick<Intervention, 'flowNode' | 'to' | 'names'>>,
  more: (tx: Tx, now: number) => Promise<void> = async () => {},
): Alongside<Tx> {
  return {
    async write(tx, { now }) {
      const intervention: Intervention = {
        id: core.newId(),
        dossier: dossier.id,
        by: context.actor.account,
        at: now,
        flowNode: null,
        to: null,
        names: [],
        ...what,
        reason: what.reason.trim(),
      };
      await core.store.interventions.insert(tx, intervention);
      await more(tx, now);
      await remember(core, context, tx, made);
      const { id, kind, flowNode, to } = intervention;
      return [
        dossierEvent(dossier, 'OperatorIntervened', context.actor, now, {
          subject: id,
          flowNode,
          data: { kind, ...(to === null ? {} : { to }) },
        }),
      ];
    },
  };
}
