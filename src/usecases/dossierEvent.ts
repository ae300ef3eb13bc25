import { principalOf } from '../domain/access.ts';
import type { Dossier } from '../domain/dossier.ts';
import type { EventType, NewEvent } from '../domain/events.ts';
import type { Actor } from '../domain/party.ts';

/** What happened to a dossier, ready to be appended; what a delegate did says for whom. */
export function dossierEvent(
  dossier: Pick<
    Dossier,
    'id' | 'commune' | 'applicant' | 'architect' | 'createdBy' | 'channel' | 'procedure'
  >,
  type: EventType,
  by: Actor,
  at: number,
  more: Partial<
    Pick<NewEvent, 'flowNode' | 'subject' | 'party' | 'body' | 'cause' | 'article' | 'data'>
  > = {},
): NewEvent {
  const principal = principalOf(by, dossier);
  return {
    type,
    at,
    dossier: dossier.id,
    flowNode: null,
    subject: null,
    party: 'administration',
    actor: by.account,
    body: null,
    territory: dossier.commune,
    clock: 'running',
    cause: null,
    article: null,
    calendarVersion: null,
    ...more,
    data: { ...more.data, ...(principal === null ? {} : { onBehalfOf: principal }) },
  };
}
