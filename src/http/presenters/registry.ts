import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import type {
  Delays,
  Dispatch,
  PaymentTotal,
  ReadEntry,
  RecordedPayment,
  RelatedDossier,
  WorkRow,
} from '../application.ts';
import { presentText } from './account.ts';
import { presentDossierRow } from './dossierRow.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A dossier in a list of work. */
export function presentWorkRow({ dossier, applicantName, waiting, limit }: WorkRow): JsonObject {
  const { tax } = dossier;
  return {
    dossier: presentDossierRow(dossier),
    channel: dossier.channel,
    applicantName,
    waiting: waiting.map(({ task, name, party }) => ({
      task: task.id,
      flowNode: task.flowNode,
      name: presentText(name),
      party,
      roles: task.roles,
      body: task.body,
      since: presentInstant(task.createdAt),
      dueAt: presentMaybeInstant(task.dueAt),
      assignee: task.assignee,
    })),
    limit: limit && { dueAt: presentInstant(limit.dueAt), running: limit.running, article: limit.article },
    tax: tax && {
      amount: tax.amount,
      currency: tax.currency,
      source: tax.source,
      paid: tax.payment !== null,
    },
  };
}

/** Another dossier of the same land, place or owner. */
export function presentRelated({ dossier, sameLand, sameOwner, metres }: RelatedDossier): JsonObject {
  return {
    dossier: presentDossierRow(dossier),
    sameLand,
    sameOwner,
    metres,
    decision: dossier.decision?.choice ?? null,
  };
}

/** Whom a dossier goes to. */
export function presentDispatch({ kind, rule, secretariat, seats, occasional }: Dispatch): JsonObject {
  return {
    kind,
    rule,
    secretariat: { body: secretariat.body, name: presentMaybeText(secretariat.name) },
    seats: seats.map((seat) => ({
      kind: seat.kind,
      body: seat.body,
      name: presentMaybeText(seat.name),
      binding: seat.binding,
      article: seat.article,
    })),
    occasional: occasional.map((one) => ({ kind: one.kind, body: one.body, name: presentText(one.name) })),
  };
}

/** A line of a register as it is read. */
export function presentEntry(read: ReadEntry): JsonObject {
  const { entry } = read;
  const { correction } = entry;
  return {
    id: entry.id,
    commune: entry.commune,
    direction: entry.direction,
    year: entry.year,
    number: entry.number,
    at: presentInstant(entry.at),
    kind: entry.kind,
    dossier: entry.dossier,
    dossierNumber: read.dossierNumber,
    event: entry.event,
    correspondent: read.correspondent,
    body: entry.body,
    bodyName: presentMaybeText(read.bodyName),
    actorName: read.actorName,
    correction: correction && {
      entry: correction.entry,
      number: correction.number,
      text: correction.text,
      reason: correction.reason,
    },
    corrections: read.corrections.map(({ id, number, at }) => ({ id, number, at: presentInstant(at) })),
  };
}

/** A payment as it was recorded. */
export function presentPayment(payment: RecordedPayment): JsonObject {
  return {
    dossier: presentDossierRow(payment.dossier),
    applicantName: payment.applicantName,
    recordedByName: payment.recordedByName,
    amount: payment.amount,
    currency: 'MAD',
    receipt: payment.receipt,
    paidAt: payment.paidAt,
    recordedAt: presentInstant(payment.recordedAt),
  };
}

/** What came in over the period. */
export function presentTotal({ commune, count, amount }: PaymentTotal): JsonObject {
  return { commune, count, amount };
}

/** The delays of a territory. */
export function presentDelays({ now, soon, groups, late }: Delays): JsonObject {
  return {
    now: presentInstant(now),
    soon: presentInstant(soon),
    groups: groups.map((group) => ({
      commune: group.commune,
      roles: group.roles,
      body: group.body,
      bodyName: presentMaybeText(group.bodyName),
      overdue: group.overdue,
      dueSoon: group.dueSoon,
    })),
    late: { count: late.count, more: late.more },
  };
}

const presentMaybeText = (text: LocalizedText | null): JsonObject | null => text && presentText(text);
