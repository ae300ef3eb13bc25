import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { DraftFile, ProcedureDraft } from '../../procedures/draft.ts';
import { DRAFT_LIMITS, filesOf, isDraftPath, procedureOf } from '../../procedures/draftFiles.ts';
import type { Tx } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';

/** What a list shows of a draft. */
export type ProcedureDraftRow = Omit<ProcedureDraft, 'files'> & { authorName: string | null };

/** A draft with its files and the name of who began it. */
export type ProcedureDraftView = ProcedureDraft & { authorName: string | null };

const named = async <Draft extends { author: string }>(core: Pick<Core, 'store'>, draft: Draft) => ({
  ...draft,
  authorName: (await core.store.accounts.find(draft.author))?.name ?? null,
});

/** The drafts of this office, whoever began them, last changed first. */
export async function listProcedureDrafts(core: Core, context: RequestContext): Promise<ProcedureDraftRow[]> {
  authorize(context.actor, 'procedure.publish', null);
  const drafts = await core.store.procedureDrafts.list();
  return Promise.all(drafts.map((draft) => named(core, draft)));
}

/** One draft with its files. @throws DomainError DRAFT_NOT_FOUND */
export async function readProcedureDraft(
  core: Pick<Core, 'store'>,
  context: RequestContext,
  input: { id: string },
): Promise<ProcedureDraftView> {
  return named(core, await findDraft(core, context, input));
}

/** A draft for whoever may publish. @throws DomainError DRAFT_NOT_FOUND, FORBIDDEN */
export async function findDraft(
  core: Pick<Core, 'store'>,
  context: RequestContext,
  input: { id: string },
  tx?: Tx,
): Promise<ProcedureDraft> {
  authorize(context.actor, 'procedure.publish', null);
  const draft = await core.store.procedureDrafts.find(input.id, tx);
  if (draft === null) throw new DomainError('DRAFT_NOT_FOUND', { draft: input.id });
  return draft;
}

/**
 * Begins a draft: of a published version (the one in force, unless another is named), or of files.
 * @throws DomainError PROCEDURE_NOT_FOUND, INVALID_INPUT, PAYLOAD_TOO_LARGE
 */
export async function openProcedureDraft(
  core: Core,
  context: RequestContext,
  input: { procedure?: string | undefined; version?: string | undefined; files?: DraftFile[] | undefined },
): Promise<ProcedureDraftView> {
  authorize(context.actor, 'procedure.publish', null);
  const begun = input.files === undefined ? await fromVersion(core, input) : fromFiles(input.files);
  const now = core.clock.now();
  const { account } = context.actor;
  const draft: ProcedureDraft = {
    id: core.newId(),
    ...begun,
    author: account,
    createdAt: now,
    updatedAt: now,
    updatedBy: account,
    version: 1,
  };
  await core.store.transaction(async (tx) => {
    await core.store.procedureDrafts.insert(tx, draft);
    await remember(core, context, tx, { kind: 'procedureDraft', id: draft.id });
  });
  return named(core, draft);
}

async function fromVersion(
  core: Core,
  { procedure, version: hash }: { procedure?: string | undefined; version?: string | undefined },
): Promise<Pick<ProcedureDraft, 'procedure' | 'base' | 'files'>> {
  const version =
    hash === undefined
      ? await core.catalog.inForce(procedure ?? '', core.clock.now())
      : await core.catalog.get(hash);
  return { procedure: version.id, base: version.hash, files: filesOf(version) };
}

function fromFiles(files: DraftFile[]): Pick<ProcedureDraft, 'procedure' | 'base' | 'files'> {
  const procedure = procedureOf(files.map(({ path }) => path));
  if (procedure === null) throw wrongPath(0, 'processes/<id>/<id>.bpmn');
  checkFiles(procedure, files);
  return { procedure, base: null, files: sorted(files) };
}

/**
 * Saves files of a draft as they are drawn and written; `content: null` takes a file away. Nothing is checked but names and
 * size: a draft may be wrong until it is published.
 * @throws DomainError DRAFT_NOT_FOUND, STALE_VERSION, INVALID_INPUT, PAYLOAD_TOO_LARGE
 */
export async function changeProcedureDraft(
  core: Core,
  context: RequestContext,
  input: { id: string; ifVersion: number; files: { path: string; content: string | null }[] },
): Promise<ProcedureDraftView> {
  const saved = await core.store.transaction(async (tx) => {
    const draft = await findDraft(core, context, input, tx);
    if (draft.version !== input.ifVersion) {
      throw new DomainError('STALE_VERSION', { current: draft.version, given: input.ifVersion });
    }
    const kept = new Map(draft.files.map((file) => [file.path, file.content]));
    for (const { path, content } of input.files) {
      if (content === null) kept.delete(path);
      else kept.set(path, content);
    }
    const files = [...kept].map(([path, content]) => ({ path, content }));
    checkFiles(draft.procedure, files);
    return core.store.procedureDrafts.save(tx, {
      ...draft,
      files: sorted(files),
      updatedAt: core.clock.now(),
      updatedBy: context.actor.account,
    });
  });
  return named(core, saved);
}

/** Throws a draft away. Doing it twice is no fault. */
export async function discardProcedureDraft(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<void> {
  authorize(context.actor, 'procedure.publish', null);
  await core.store.transaction((tx) => core.store.procedureDrafts.remove(tx, input.id));
}

function checkFiles(procedure: string, files: DraftFile[]): void {
  const characters = files.reduce((sum, { content }) => sum + content.length, 0);
  if (files.length > DRAFT_LIMITS.files || characters > DRAFT_LIMITS.characters) {
    throw new DomainError('PAYLOAD_TOO_LARGE', { ...DRAFT_LIMITS });
  }
  const seen = new Set<string>();
  for (const [index, { path }] of files.entries()) {
    if (!isDraftPath(procedure, path) || seen.has(path)) throw wrongPath(index, path);
    seen.add(path);
  }
}

const wrongPath = (index: number, path: string) =>
  new DomainError('INVALID_INPUT', {
    errors: [{ field: `/files/${index}/path`, rule: 'pattern', params: { path } }],
  });

const sorted = (files: DraftFile[]): DraftFile[] => files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
