import type { EventType, NewEvent } from '../../domain/events.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { PartyKind } from '../../domain/party.ts';

/** What happened to an account or body, by reference only: names and addresses stay out of the log. */
export function accountEvent(
  type: EventType,
  at: number,
  subject: string,
  by: { account: string; party: PartyKind },
  data: JsonObject = {},
): NewEvent {
  return {
    type,
    at,
    dossier: null,
    flowNode: null,
    subject,
    party: by.party,
    actor: by.account,
    body: null,
    territory: null,
    clock: 'running',
    cause: null,
    article: null,
    calendarVersion: null,
    data,
  };
}
