import { territoriesOf } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { territoryCovers } from '../../domain/party.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** A payment as the treasurer recorded it. */
export interface RecordedPayment {
  dossier: Dossier;
  applicantName: string;
  recordedByName: string;
  amount: number;
  receipt: string;
  /** Local date on the receipt, `YYYY-MM-DD`. */
  paidAt: string;
  recordedAt: number;
}

/** What came in over a period, in one commune. */
export interface PaymentTotal {
  commune: string;
  count: number;
  amount: number;
}

/** One page of the payments recorded in [from, to), the last first, with the totals of the whole period. */
export async function listPayments(
  core: Core,
  { actor }: RequestContext,
  input: { territory?: string | undefined; from: number; to: number; page: PageRequest },
): Promise<Page<RecordedPayment> & { totals: PaymentTotal[] }> {
  const { territory, from, to, page } = input;
  const held = territoriesOf(actor, 'treasurer', 'president', 'governor');
  const covered = territory === undefined || held.some((one) => territoryCovers(one, territory));
  if (held.length === 0 || !covered) throw new DomainError('FORBIDDEN', { act: 'payments.read' });
  const territories = territory === undefined ? held : [territory];
  const [found, totals] = await Promise.all([
    core.store.dossiers.paid({ territories, from, to }, page),
    core.store.dossiers.paidTotals({ territories, from, to }),
  ]);
  const people = new Set(
    found.items.flatMap(({ applicant, tax }) => [applicant, tax?.payment?.recordedBy ?? applicant]),
  );
  const names = new Map((await core.store.accounts.some([...people])).map(({ id, name }) => [id, name]));
  const items = found.items.flatMap((dossier) => {
    const payment = dossier.tax?.payment;
    if (dossier.tax === null || payment == null) return [];
    return [
      {
        dossier,
        applicantName: names.get(dossier.applicant) ?? '',
        recordedByName: names.get(payment.recordedBy) ?? '',
        amount: dossier.tax.amount,
        receipt: payment.receipt,
        paidAt: payment.paidAt,
        recordedAt: payment.recordedAt,
      },
    ];
  });
  return { items, next: found.next, totals };
}
