import type { JsonObject } from '../../domain/json.ts';
import type { MessageView, RemarkView } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant } from './instant.ts';

/** A remark with its place, its ground and what was answered. */
export function presentRemark(view: RemarkView): JsonObject {
  const { id, opinion, remark, bodyName, document, answer, answerable } = view;
  const zone = remark.zone;
  return {
    id,
    opinion: opinion.id,
    round: opinion.round,
    body: opinion.body,
    bodyName: presentText(bodyName),
    givenAt: presentInstant(opinion.givenAt),
    document: document && {
      id: document.id,
      piece: document.piece,
      version: document.version,
      fileName: document.fileName,
      mediaType: document.mediaType,
    },
    page: remark.page,
    zone: zone === undefined ? null : { ...zone },
    article: remark.article,
    text: remark.text,
    reserve: remark.reserve,
    state: answer === null ? 'raised' : 'answered',
    answer: answer && {
      text: answer.text,
      document: answer.document,
      byName: answer.byName,
      at: presentInstant(answer.at),
    },
    answerable,
  };
}

/** A message of the thread. */
export function presentMessage({ message, authorName, authorTitle, mine, read }: MessageView): JsonObject {
  return {
    id: message.id,
    dossier: message.dossier,
    side: message.side,
    authorName,
    authorTitle: authorTitle && presentText(authorTitle),
    text: message.text,
    at: presentInstant(message.at),
    mine,
    read,
  };
}
