import type { Language } from '../../domain/json.ts';
import type { Notification } from '../../domain/notification.ts';
import type { Core } from '../dependencies.ts';

/** What the outbox needs to send: the carrier, and the words of a message in a language. */
export interface Mailing {
  send(mail: { to: string; subject: string; text: string; html: string }): Promise<void>;
  render(notification: Notification, language: Language): { subject: string; text: string; html: string };
}

const HOLD_MS = 60_000;
const BACK_OFF_MS = [30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000];

/**
 * Sends the e-mails that wait, a few at a time; answers how many were tried. A message may arrive twice if the node
 * dies between sending and noting it, never zero times while attempts last.
 */
export async function sendDueMails(core: Pick<Core, 'store' | 'realNow'>, mailing: Mailing): Promise<number> {
  const { store, realNow } = core;
  const due = await store.notifications.claimMail(realNow(), HOLD_MS, 10);
  for (const notification of due) {
    const attempts = (notification.mail?.attempts ?? 0) + 1;
    const account = await store.accounts.find(notification.account);
    // Who has no address reads the message when they take their account over, or hears it at the counter.
    if (account === null || !account.active || account.email === null) {
      await store.notifications.mailDone(notification.id, 'failed', attempts, 0);
      continue;
    }
    try {
      await mailing.send({ to: account.email, ...mailing.render(notification, account.language) });
      await store.notifications.mailDone(notification.id, 'sent', attempts, 0);
    } catch {
      // The carrier logs its own fault, without the address; here only the next attempt is decided.
      const pause = BACK_OFF_MS[attempts - 1];
      await store.notifications.mailDone(
        notification.id,
        pause === undefined ? 'failed' : 'pending',
        attempts,
        pause === undefined ? 0 : realNow() + pause,
      );
    }
  }
  return due.length;
}
