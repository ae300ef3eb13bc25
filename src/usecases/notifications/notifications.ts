import type { Notification } from '../../domain/notification.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** A person's messages, newest first. */
export const listNotifications = (
  core: Core,
  context: RequestContext,
  input: { unread: boolean; page: PageRequest },
): Promise<Page<Notification>> =>
  core.store.notifications.list(context.actor.account, input.unread, input.page);

/** Marks one of one's messages as read. @throws DomainError NOTIFICATION_NOT_FOUND */
export const markNotificationRead = (
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<void> => core.store.notifications.markRead(context.actor.account, input.id, core.clock.now());
