import type { Document } from '../domain/document.ts';
import { DomainError } from '../domain/errors.ts';
import type { Opinion, OpinionValue, Remark } from '../domain/opinion.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import type { TaskHandler } from './taskHandler.ts';

interface Payload {
  value: OpinionValue;
  remarks?: Remark[];
  observations?: string;
}

/** A body gives its opinion: remarks tied to a document, page and article, signed as canonical JSON (RGC 34). */
export const reviewByMember: TaskHandler = async (core, { task, dossier, payload, actor, now }) => {
  const { value, remarks = [], observations } = payload as unknown as Payload;
  const body = task.body === null ? null : await core.store.bodies.find(task.body);
  if (body === null) throw new DomainError('BODY_NOT_FOUND', { body: task.body });
  requireGrounds(value, remarks);
  const documents = await core.store.documents.ofDossier(dossier.id);
  for (const [index, remark] of remarks.entries()) requireTarget(remark, index, documents);
  const signed = await core.signer.signJson(actor, {
    type: 'opinion',
    dossier: dossier.number,
    round: dossier.round,
    body: body.id,
    value,
    remarks: remarks.map((remark) => ({ ...remark })),
    observations: observations ?? null,
    documents: documents
      .filter((one) => one.current)
      .map(({ piece, version, sha256 }) => ({ piece, version, sha256 })),
    givenAt: new Date(now).toISOString(),
  });
  const opinion: Opinion = {
    id: core.newId(),
    dossier: dossier.id,
    task: task.id,
    round: dossier.round,
    body: body.id,
    bodyKind: body.kind,
    member: actor.account,
    value,
    remarks,
    observations: observations ?? null,
    givenAt: now,
    ...signed,
  };
  return {
    variables: {},
    async write(tx) {
      await core.store.opinions.insert(tx, opinion);
      return [
        dossierEvent(dossier, 'OpinionGiven', actor, now, {
          flowNode: task.flowNode,
          subject: opinion.id,
          body: body.id,
          article: task.article,
          data: { value, round: dossier.round, remarks: remarks.length, task: task.id },
        }),
      ];
    },
  };
};

/** An opinion that holds something back says what, and where (law 55-19: motives are given). */
function requireGrounds(value: OpinionValue, remarks: Remark[]): void {
  if (value === 'unfavourable' && remarks.length === 0)
    throw new DomainError('REASON_MISSING', { field: '/remarks' });
  if (value === 'favourableWithReserves' && !remarks.some((remark) => remark.reserve)) {
    throw new DomainError('REASON_MISSING', { field: '/remarks' });
  }
}

function requireTarget(remark: Remark, index: number, documents: Document[]): void {
  const document = documents.find((one) => one.id === remark.document && one.current);
  const known = document !== undefined && (document.pages === null || remark.page <= document.pages);
  if (!known)
    throw new DomainError('REMARK_TARGET_UNKNOWN', { field: `/remarks/${index}`, page: remark.page });
}
