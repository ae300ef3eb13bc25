import type { JsonObject, Language } from '../../domain/json.ts';
import type { Notification } from '../../domain/notification.ts';
import type { Translate } from '../../locales/translate.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A message, said in the reader's language. */
export function presentNotification(
  notification: Notification,
  language: Language,
  translate: Translate,
): JsonObject {
  const { template, data, dossierNumber } = notification;
  const params = { ...data, number: dossierNumber };
  return {
    id: notification.id,
    dossier: notification.dossier,
    dossierNumber,
    template,
    title: translate(language, `${template}.title`, params),
    body: translate(language, `${template}.body`, params),
    data,
    createdAt: presentInstant(notification.createdAt),
    readAt: presentMaybeInstant(notification.readAt),
  };
}
