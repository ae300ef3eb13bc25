import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { changeDossier } from '../../handlers/changeDossier.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { checkGiven, operatedInstance, recorded } from './intervene.ts';
import { type InstanceView, passedBy, readInstance } from './readInstance.ts';

/**
 * Corrects variables of a running process; nothing moves by itself.
 * @throws DomainError INSTANCE_NOT_FOUND, INSTANCE_ENDED, INTERVENTION_NOT_SUPPORTED, INVALID_INPUT
 */
export async function setVariables(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; reason: string; variables: JsonObject },
): Promise<InstanceView> {
  const { instance, dossier } = await operatedInstance(deps, context, input.id);
  checkGiven(input);
  const { variables, reason } = input;
  const { id } = instance;
  const what = { instance: id, kind: 'variables', reason, names: Object.keys(variables) } as const;
  const alongside = recorded(deps, context, dossier, { kind: 'instance', id }, what);
  await deps.engine.setVariables(id, variables, context.actor, alongside);
  return readInstance(deps, context, input);
}

/**
 * Cancels what waits at one place of a process and goes on at another, which lies behind no decision or signature that has
 * not been given.
 * @throws DomainError INSTANCE_NOT_FOUND, TOKEN_NOT_WAITING, PLACE_NOT_ALLOWED, INSTANCE_ENDED, INTERVENTION_NOT_SUPPORTED,
 * INVALID_INPUT
 */
export async function moveToken(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; reason: string; token: string; from: string; to: string },
): Promise<InstanceView> {
  const { instance, dossier } = await operatedInstance(deps, context, input.id);
  checkGiven(input);
  const { token, from, to, reason } = input;
  const { id } = instance;
  const what = { instance: id, kind: 'move', reason, flowNode: from, to } as const;
  const { write } = recorded(deps, context, dossier, { kind: 'instance', id }, what);
  await deps.engine.move(id, { token, from, to }, context.actor, {
    ...(write && { write }),
    async check() {
      // An engine that moves nothing shows no ways either; it says so itself.
      if (!deps.engine.interventions.includes('moveToken')) return;
      const [decision] = await passedBy(deps, instance, dossier, to);
      if (decision !== undefined) {
        throw new DomainError('PLACE_NOT_ALLOWED', { to, reason: 'decision', decision });
      }
    },
  });
  return readInstance(deps, context, input);
}

/**
 * Ends a process before its time. A dossier that has no outcome is `stopped` with the process that its filing began: the
 * law knows no such end, so that it is told as what it is.
 * @throws DomainError INSTANCE_NOT_FOUND, INSTANCE_ENDED, INVALID_INPUT
 */
export async function cancelInstance(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; reason: string },
): Promise<InstanceView> {
  const { instance, dossier } = await operatedInstance(deps, context, input.id);
  checkGiven(input);
  const { id } = instance;
  const what = { instance: id, kind: 'cancel', reason: input.reason } as const;
  const alongside = recorded(deps, context, dossier, { kind: 'instance', id }, what, async (tx, now) => {
    await changeDossier(deps, tx, dossier.id, now, ({ endedAt, instance: main }) =>
      endedAt === null && main === id ? { status: 'stopped', endedAt: now } : {},
    );
  });
  await deps.engine.cancel(id, context.actor, alongside);
  return readInstance(deps, context, input);
}
