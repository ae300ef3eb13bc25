import { authorize } from '../../domain/access.ts';
import { BODY_KINDS, ROLES, SYSTEM } from '../../domain/party.ts';
import { NOTICES, SERVICE_HANDLERS, TASK_HANDLERS } from '../../handlers/names.ts';
import type { DraftFile } from '../../procedures/draft.ts';
import { filesOf } from '../../procedures/draftFiles.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** A published version with its life: who published it, whether it governs filings now, what still runs by it. */
export interface VersionLife {
  version: Pick<ProcedureVersion, 'hash' | 'id' | 'settings' | 'publishedAt' | 'note' | 'inForceFrom'>;
  /** Null for what ships with the product. */
  publishedBy: { account: string; name: string } | null;
  state: 'inForce' | 'toCome' | 'past';
  /** Dossiers that run by it, and will end on it. */
  running: number;
}

/** The history of every procedure, newest first within each. */
export async function listProcedureVersions(core: Core, context: RequestContext): Promise<VersionLife[]> {
  authorize(context.actor, 'procedure.publish', null);
  const today = core.workingTime('*').localDateOf(core.clock.now());
  const versions = await core.store.procedures.versions();
  const inForce = new Set<string>();
  for (const id of new Set(versions.map((version) => version.id))) {
    const version = await core.store.procedures.inForce(id, today);
    if (version !== null) inForce.add(version.hash);
  }
  return Promise.all(versions.map((version) => lifeOf(core, version, inForce.has(version.hash), today)));
}

/** One published version with the files it was made of. @throws DomainError PROCEDURE_NOT_FOUND */
export async function readProcedureVersion(
  core: Core,
  context: RequestContext,
  input: { hash: string },
): Promise<VersionLife & { files: DraftFile[] }> {
  authorize(context.actor, 'procedure.publish', null);
  const version = await core.catalog.get(input.hash);
  const today = core.workingTime('*').localDateOf(core.clock.now());
  const governing = await core.store.procedures.inForce(version.id, today);
  const life = await lifeOf(core, version, governing?.hash === version.hash, today);
  return { ...life, files: filesOf(version) };
}

async function lifeOf(
  core: Core,
  version: Omit<ProcedureVersion, 'diagram' | 'forms' | 'decisions'>,
  isInForce: boolean,
  today: string,
): Promise<VersionLife> {
  const { publishedBy: account } = version;
  return {
    version,
    publishedBy:
      account === SYSTEM.account
        ? null
        : { account, name: (await core.store.accounts.find(account))?.name ?? account },
    state: isInForce ? 'inForce' : version.inForceFrom > today ? 'toCome' : 'past',
    running: await core.store.instances.running(version.hash),
  };
}

/** What a diagram may name: who does a task, what a task or a service does, what is told to the parties. */
export interface Vocabulary {
  roles: string[];
  bodyKinds: string[];
  taskHandlers: string[];
  serviceHandlers: string[];
  notices: string[];
}

/** All that a diagram may name. */
export async function readVocabulary(_core: Core, context: RequestContext): Promise<Vocabulary> {
  authorize(context.actor, 'procedure.publish', null);
  return {
    roles: [...ROLES],
    bodyKinds: [...BODY_KINDS],
    taskHandlers: [...TASK_HANDLERS],
    serviceHandlers: [...SERVICE_HANDLERS],
    notices: [...NOTICES],
  };
}
