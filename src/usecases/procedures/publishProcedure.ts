import type { Actor } from '../../domain/party.ts';
import { BODY_KINDS, ROLES } from '../../domain/party.ts';
import type { Refusal } from '../../engine/interpreter.ts';
import { SERVICE_HANDLERS, TASK_HANDLERS } from '../../handlers/names.ts';
import { buildVersion, refused } from '../../procedures/buildVersion.ts';
import { lintProcedure } from '../../procedures/lintProcedure.ts';
import type { Problem, ProcedureSource, ProcedureVersion } from '../../procedures/types.ts';
import type { Core } from '../dependencies.ts';

/** Why the engine that runs here would not run a diagram as BPMN says; empty when it would. */
export type CheckDiagram = (xml: string) => Promise<Refusal[]>;

/** What a diagram may call, for the lint. */
export const KNOWN = {
  taskHandlers: new Set<string>(TASK_HANDLERS),
  serviceHandlers: new Set<string>(SERVICE_HANDLERS),
  roles: new Set<string>(ROLES),
  bodyKinds: new Set<string>(BODY_KINDS),
};

/**
 * Publishes a procedure: checked by our rules and by the engine's profile, then kept under the hash of its content.
 * The same content twice is one version. Running dossiers stay on theirs.
 * @throws DomainError PROCEDURE_REFUSED with every problem found
 */
export async function publishProcedure(
  core: Pick<Core, 'store' | 'clock'>,
  checkDiagram: CheckDiagram,
  by: Actor,
  source: ProcedureSource,
  note: string,
): Promise<ProcedureVersion> {
  const now = core.clock.now();
  const version = await buildVersion(source, { publishedAt: now, publishedBy: by.account, note });
  const known = await core.store.procedures.find(version.hash);
  if (known !== null) return known;
  const problems = [
    ...(await lintProcedure(version, KNOWN)),
    ...(await checkDiagram(version.diagram)).map(inWords),
  ];
  if (problems.length > 0) throw refused(problems);
  await core.store.transaction(async (tx) => {
    await core.store.procedures.insert(tx, version);
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

const inWords = ({ rule, element, message, params }: Refusal): Problem => {
  const construct = params.construct ?? element ?? '';
  const instead = params.instead === undefined ? '' : ` (${params.instead})`;
  return {
    rule,
    element,
    message: {
      ar: `المحرك لا ينفذ هذا العنصر: ${construct}${instead}`,
      fr: `Le moteur n’exécute pas cet élément : ${construct}${instead}`,
      en: message,
    },
  };
};
