import type { Committee, Complement, Dossier, Minutes, TaxAssessment } from '../../domain/dossier.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DossierDetail, TimelineStep } from '../application.ts';
import { presentText } from './account.ts';
import { presentDossierRow } from './dossierRow.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';
import { presentTask } from './task.ts';

/** A dossier whole, without what only the engine needs. */
export function presentDossier(dossier: Dossier): JsonObject {
  const { receipt, filingRejection, classification, decision } = dossier;
  return {
    ...presentDossierRow(dossier),
    procedureVersion: dossier.definition,
    createdBy: dossier.createdBy,
    channel: dossier.channel,
    application: dossier.application,
    architectSignatures: dossier.architectSignatures.map(({ round, at, account }) => ({
      round,
      at: presentInstant(at),
      account,
    })),
    receipt: receipt && {
      number: receipt.number,
      issuedAt: presentInstant(receipt.issuedAt),
      pieces: receipt.pieces,
    },
    filingRejection: filingRejection && {
      at: presentInstant(filingRejection.at),
      missing: filingRejection.missing.map(({ piece, article }) => ({ piece, article })),
    },
    classification: classification && {
      size: classification.size,
      rule: classification.rule,
      article: classification.article,
    },
    complements: dossier.complements.map(presentComplement),
    committee: dossier.committee && presentCommittee(dossier.committee),
    minutes: dossier.minutes.map(presentMinutes),
    decision: decision && {
      choice: decision.choice,
      reasons: decision.reasons.map(({ article, text }) => ({ article, text })),
      conditions: decision.conditions,
      at: presentInstant(decision.at),
      by: decision.by,
    },
    reserves: dossier.reserves.map(({ round, requestedAt, answeredAt, lifted }) => ({
      round,
      requestedAt: presentInstant(requestedAt),
      answeredAt: presentMaybeInstant(answeredAt),
      lifted,
    })),
    tax: dossier.tax && presentTax(dossier.tax),
    clockStartedAt: presentMaybeInstant(dossier.clockStartedAt),
  };
}

/** A dossier with where it is and whose turn it is. */
export function presentDossierDetail(detail: DossierDetail): JsonObject {
  const { timeLimit } = detail;
  return {
    dossier: presentDossier(detail.dossier),
    procedureName: presentText(detail.procedureName),
    communeName: presentText(detail.communeName),
    records: detail.records,
    applicantName: detail.applicantName,
    architectName: detail.architectName,
    followUpSecret: detail.followUpSecret,
    tasks: detail.tasks.map(presentTask),
    brings: detail.brings && { ...detail.brings },
    stage: detail.stage.map(({ flowNode, name, party }) => ({ flowNode, name: presentText(name), party })),
    timeLimit: timeLimit && {
      amount: timeLimit.amount,
      unit: timeLimit.unit,
      article: timeLimit.article,
      source: timeLimit.source,
      doubt: timeLimit.doubt,
      dueAt: presentMaybeInstant(timeLimit.dueAt),
      dueInWorkingDays: timeLimit.dueInWorkingDays,
      pausedDays: timeLimit.pausedDays,
      running: timeLimit.running,
    },
    stages: detail.stages.map(({ id, name, state, parties }) => ({
      id,
      name: presentText(name),
      state,
      parties: parties.map((one) => ({
        body: one.body,
        name: presentText(one.name),
        answered: one.answered,
      })),
    })),
    holders: detail.holders.map(presentHolder),
    next: detail.next.map(({ flowNode, name, party, kind }) => ({
      flowNode,
      name: presentText(name),
      party,
      kind,
    })),
    clocks: {
      administration: { ...detail.clocks.administration },
      applicant: { ...detail.clocks.applicant },
      running: detail.clocks.running,
    },
  };
}

function presentHolder(holder: DossierDetail['holders'][number]): JsonObject {
  return {
    flowNode: holder.flowNode,
    name: presentText(holder.name),
    party: holder.party,
    roles: holder.roles,
    body: holder.body,
    bodyName: holder.bodyName && presentText(holder.bodyName),
    since: presentInstant(holder.since),
    dueAt: presentMaybeInstant(holder.dueAt),
    dueInWorkingDays: holder.dueInWorkingDays,
    article: holder.article,
  };
}

/** One step of a dossier's life. */
export function presentStep(step: TimelineStep): JsonObject {
  return {
    flowNode: step.flowNode,
    name: presentText(step.name),
    kind: step.kind,
    party: step.party,
    body: step.body,
    round: step.round,
    startedAt: presentInstant(step.startedAt),
    endedAt: presentMaybeInstant(step.endedAt),
    elapsedSeconds: step.elapsedSeconds,
    workingSeconds: step.workingSeconds,
    dueAt: presentMaybeInstant(step.dueAt),
    article: step.article,
  };
}

/** An event of the log with its place in the hash chain; its hashed part holds no personal data. */
export function presentEvent(event: DomainEvent): JsonObject {
  return {
    seq: event.seq,
    id: event.id,
    type: event.type,
    at: presentInstant(event.at),
    dossier: event.dossier,
    flowNode: event.flowNode,
    subject: event.subject,
    party: event.party,
    actor: event.actor,
    body: event.body,
    territory: event.territory,
    clock: event.clock,
    cause: event.cause,
    article: event.article,
    calendarVersion: event.calendarVersion,
    data: event.data,
    previousHash: event.previousHash,
    hash: event.hash,
  };
}

function presentComplement({ round, requestedAt, requestedBy, items, answeredAt }: Complement): JsonObject {
  return {
    round,
    requestedAt: presentInstant(requestedAt),
    requestedBy,
    items: items.map(({ piece, reason, article, document }) => ({ piece, reason, article, document })),
    answeredAt: presentMaybeInstant(answeredAt),
  };
}

function presentCommittee(committee: Committee): JsonObject {
  return {
    kind: committee.kind,
    round: committee.round,
    convenedAt: presentInstant(committee.convenedAt),
    secretariat: committee.secretariat,
    members: committee.members.map(({ body, kind, binding }) => ({ body, kind, binding })),
    silent: committee.silent,
    rule: committee.rule,
  };
}

function presentMinutes(minutes: Minutes): JsonObject {
  return {
    round: minutes.round,
    drawnUpAt: presentInstant(minutes.drawnUpAt),
    drawnUpBy: minutes.drawnUpBy,
    observations: minutes.observations,
    proposal: minutes.proposal,
    opinions: minutes.opinions,
    silent: minutes.silent,
  };
}

function presentTax(tax: TaxAssessment): JsonObject {
  const { payment } = tax;
  return {
    amount: tax.amount,
    currency: tax.currency,
    rule: tax.rule,
    lines: tax.lines.map(({ label, quantity, rate, amount }) => ({ label, quantity, rate, amount })),
    exemption: tax.exemption,
    source: tax.source,
    computedAt: presentInstant(tax.computedAt),
    payment: payment && {
      receipt: payment.receipt,
      paidAt: payment.paidAt,
      recordedBy: payment.recordedBy,
      recordedAt: presentInstant(payment.recordedAt),
    },
  };
}
