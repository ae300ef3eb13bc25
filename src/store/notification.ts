import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { Notification } from '../domain/notification.ts';
import { anything, defineCollection, number, type Stored, text, toRecord } from './collection.ts';
import { findPage } from './pages.ts';
import type { Store } from './store.ts';

interface NotificationRecord extends Omit<Stored<Notification>, 'mail'> {
  /** Null when no e-mail is due. */
  mailStatus: 'pending' | 'sent' | 'failed' | null;
  mailAttempts: number;
  /** Real time before which nobody may send it; a claim moves it on, so that a crashed sender is replaced. */
  mailRunAfter: number;
}

/** Keeps messages to accounts and the e-mails still to be sent. */
export function createNotifications(connection: Connection): Store['notifications'] {
  const notifications = defineCollection<NotificationRecord>(
    connection,
    'notifications',
    {
      _id: text,
      account: text,
      dossier: text,
      dossierNumber: text,
      template: text,
      data: anything,
      createdAt: number,
      readAt: number,
      mailStatus: text,
      mailAttempts: number,
      mailRunAfter: number,
    },
    [[{ account: 1, createdAt: 1, _id: 1 }], [{ mailStatus: 1, mailRunAfter: 1 }]],
  );

  return {
    insert: (tx, all) => notifications.insert(all.map(toNotificationRecord), tx),

    async list(account, unreadOnly, page) {
      const found = await findPage(notifications, {
        list: 'notifications',
        filter: { account, unreadOnly },
        branches: [unreadOnly ? { account, readAt: null } : { account }],
        orderBy: 'createdAt',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toNotification) };
    },

    async markRead(account, id, at) {
      if (await notifications.updateOne({ _id: id, account, readAt: null }, { $set: { readAt: at } })) return;
      // The first reading counts.
      if ((await notifications.findOne({ _id: id, account })) !== null) return;
      throw new DomainError('NOTIFICATION_NOT_FOUND', { notification: id });
    },

    async countMail() {
      const [waiting, failed] = await Promise.all([
        notifications.model.countDocuments({ mailStatus: 'pending' }),
        notifications.model.countDocuments({ mailStatus: 'failed' }),
      ]);
      return { waiting, failed };
    },

    async claimMail(realNow, leaseMs, limit) {
      const ready = { mailStatus: 'pending', mailRunAfter: { $lte: realNow } };
      const candidates = await notifications.find(ready, { sort: { mailRunAfter: 1 }, limit });
      const claims = candidates.map(({ _id }) =>
        notifications.take({ _id, ...ready }, { $set: { mailRunAfter: realNow + leaseMs } }),
      );
      const claimed = await Promise.all(claims);
      return claimed.filter((record) => record !== null).map(toNotification);
    },

    async mailDone(id, mailStatus, mailAttempts, mailRunAfter) {
      await notifications.updateOne({ _id: id }, { $set: { mailStatus, mailAttempts, mailRunAfter } });
    },
  };
}

function toNotification(record: NotificationRecord): Notification {
  const { _id: id, mailStatus, mailAttempts, mailRunAfter, ...rest } = record;
  const mail =
    mailStatus === null ? null : { status: mailStatus, attempts: mailAttempts, runAfter: mailRunAfter };
  return { id, ...rest, mail };
}

function toNotificationRecord(notification: Notification): NotificationRecord {
  const { mail, ...rest } = toRecord(notification);
  return {
    ...rest,
    mailStatus: mail?.status ?? null,
    mailAttempts: mail?.attempts ?? 0,
    mailRunAfter: mail?.runAfter ?? 0,
  };
}
