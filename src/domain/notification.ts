import type { JsonObject } from './json.ts';

/** A message to one account about one dossier; its text is translated from `template` when it is read or mailed. */
export interface Notification {
  id: string;
  account: string;
  dossier: string | null;
  dossierNumber: string | null;
  /** Translation key, e.g. `notification.dossierOpened`. */
  template: string;
  data: JsonObject;
  createdAt: number;
  readAt: number | null;
  /** E-mail: null when none is due, else its state; sending is retried by the outbox. */
  mail: { status: 'pending' | 'sent' | 'failed'; attempts: number; runAfter: number } | null;
}
