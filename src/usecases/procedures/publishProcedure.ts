import type { Actor } from '../../domain/party.ts';
import { refused } from '../../procedures/buildVersion.ts';
import { contentHash } from '../../procedures/contentHash.ts';
import type { ProcedureSource, ProcedureVersion } from '../../procedures/types.ts';
import type { Tx } from '../../store/store.ts';
import type { Core } from '../dependencies.ts';
import { type CheckDiagram, problemsOf } from './problemsOf.ts';

export { type CheckDiagram, KNOWN } from './problemsOf.ts';

/**
 * Publishes a procedure: checked by our rules and by the engine's profile, then kept under the hash of its content.
 * The same content twice is one version. Running dossiers stay on theirs. `alongside` writes in the same transaction.
 * @throws DomainError PROCEDURE_REFUSED with every problem found
 */
export async function publishProcedure(
  core: Pick<Core, 'store' | 'clock'>,
  checkDiagram: CheckDiagram,
  by: Actor,
  source: ProcedureSource,
  note: string,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<ProcedureVersion> {
  const now = core.clock.now();
  const known = await core.store.procedures.find(contentHash(source));
  if (known !== null) return known;
  const { version, problems } = await problemsOf(checkDiagram, source, {
    publishedAt: now,
    publishedBy: by.account,
    note,
  });
  if (version === null || problems.length > 0) throw refused(problems);
  await core.store.transaction(async (tx) => {
    await core.store.procedures.insert(tx, version);
    await alongside(tx);
    core.store.appendEvents(tx, [
      {
        type: 'ProcedurePublished',
        at: now,
        dossier: null,
        flowNode: null,
        subject: version.hash,
        party: 'administration',
        actor: by.account,
        body: null,
        territory: null,
        clock: 'running',
        cause: null,
        article: null,
        calendarVersion: null,
        data: { procedure: version.id, version: version.hash, inForceFrom: version.inForceFrom },
      },
    ]);
  });
  return version;
}
