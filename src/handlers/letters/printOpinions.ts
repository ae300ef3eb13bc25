import type { Document } from '../../domain/document.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Opinion, Remark } from '../../domain/opinion.ts';
import type { PrintedOpinion, PrintedRemark } from '../../gateways/pdf/templates.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core } from '../../usecases/dependencies.ts';
import { letterDate } from './describeApplication.ts';
import { bilingual } from './names.ts';

/** Names a remark's document by its piece, so that a reader of the letter finds it. */
export function printRemark(version: ProcedureVersion, documents: Document[], remark: Remark): PrintedRemark {
  const document = documents.find((one) => one.id === remark.document);
  const piece = version.settings.pieces.find((one) => one.code === document?.piece);
  return {
    document: piece === undefined ? (document?.fileName ?? '') : bilingual(piece.name),
    page: remark.page,
    article: remark.article,
    text: remark.text,
  };
}

/** Every body's word of the round, silent ones included, in the order of the committee. */
export async function printOpinions(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion,
  opinions: Opinion[],
  documents: Document[],
): Promise<PrintedOpinion[]> {
  const workingTime = core.workingTime(dossier.commune);
  const printed: PrintedOpinion[] = [];
  for (const { body: id } of dossier.committee?.members ?? []) {
    const body = await core.store.bodies.find(id);
    const name = body === null ? { ar: id, fr: id } : bilingual(body.name);
    const opinion = opinions.find((one) => one.body === id);
    if (opinion === undefined) {
      printed.push({ body: name, value: 'silent', on: '' });
      continue;
    }
    const member = await core.store.accounts.find(opinion.member);
    printed.push({
      body: name,
      member: member?.name,
      value: opinion.value,
      on: letterDate(workingTime, opinion.givenAt),
      observations: opinion.observations ?? undefined,
      remarks: opinion.remarks.map((remark) => printRemark(version, documents, remark)),
    });
  }
  return printed;
}
