import type { Dossier } from '../domain/dossier.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';

/** Leaves a message for accounts, once each; e-mail follows from the outbox when a mailer is set. */
export async function notify(
  core: Pick<Core, 'store' | 'newId' | 'mailEnabled'>,
  tx: Tx,
  dossier: Pick<Dossier, 'id' | 'number'>,
  accounts: (string | null)[],
  template: string,
  now: number,
  data: JsonObject = {},
): Promise<void> {
  const recipients = [...new Set(accounts.filter((account) => account !== null))];
  if (recipients.length === 0) return;
  await core.store.notifications.insert(
    tx,
    recipients.map((account) => ({
      id: core.newId(),
      account,
      dossier: dossier.id,
      dossierNumber: dossier.number,
      template: `notification.${template}`,
      data,
      createdAt: now,
      readAt: null,
      mail: core.mailEnabled ? { status: 'pending', attempts: 0, runAfter: 0 } : null,
    })),
  );
}
