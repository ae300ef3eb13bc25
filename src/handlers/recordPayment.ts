import { DomainError } from '../domain/errors.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The treasurer records the payment of the tax; the licence is released after it (law 47-06, art. 50). */
export const recordPayment: TaskHandler = async (core, { task, dossier: seen, payload, actor, now }) => {
  const { receipt, amount, paidAt } = payload as { receipt: string; amount: number; paidAt: string };
  const due = seen.tax?.amount ?? 0;
  if (amount !== due) throw new DomainError('PAYMENT_AMOUNT_DIFFERS', { expected: due, given: amount });
  const workingTime = core.workingTime(seen.commune);
  const earliest = workingTime.localDateOf(seen.tax?.computedAt ?? now);
  const latest = workingTime.localDateOf(now);
  if (paidAt < earliest || paidAt > latest) {
    const [rule, limit] = paidAt < earliest ? ['minimum', earliest] : ['maximum', latest];
    throw new DomainError('INVALID_INPUT', { errors: [{ field: '/paidAt', rule, params: { limit } }] });
  }
  return {
    variables: {},
    async write(tx) {
      await core.store.receipts.reserve(tx, seen.commune, receipt);
      const dossier = await changeDossier(core, tx, seen.id, now, ({ tax }) => ({
        tax: tax && { ...tax, payment: { receipt, paidAt, recordedBy: actor.account, recordedAt: now } },
      }));
      return [
        dossierEvent(dossier, 'PaymentRecorded', actor, now, {
          flowNode: task.flowNode,
          subject: task.id,
          article: task.article,
          data: { amount },
        }),
      ];
    },
  };
};
