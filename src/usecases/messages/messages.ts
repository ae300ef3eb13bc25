import { authorize, isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Message } from '../../domain/message.ts';
import { notify } from '../../handlers/notify.ts';
import type { Page, PageRequest, Tx } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';
import { remember } from '../remember.ts';

/** A message as a reader sees it. */
export interface MessageView {
  message: Message;
  authorName: string;
  authorTitle: LocalizedText | null;
  mine: boolean;
  /** Whether this reader had read it already. */
  read: boolean;
}

/** The thread of a dossier, the newest first. */
export async function listMessages(
  core: Core,
  context: RequestContext,
  input: { dossier: string; page: PageRequest },
): Promise<Page<MessageView>> {
  const dossier = await visibleDossier(core, context, input.dossier);
  const account = context.actor.account;
  const upTo = await core.store.messages.readUpTo(dossier.id, account);
  const { items, next } = await core.store.messages.list(dossier.id, input.page);
  const authors = await authorsOf(core, items);
  return { items: items.map((message) => view(message, account, upTo, authors)), next };
}

/** Finds one message again, for whoever may see its dossier. */
export async function readMessage(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<MessageView> {
  const message = await core.store.messages.find(input.id);
  if (message === null) throw new DomainError('DOSSIER_NOT_FOUND', { message: input.id });
  await visibleDossier(core, context, message.dossier);
  return view(message, context.actor.account, message.at, await authorsOf(core, [message]));
}

/** Writes to the other side of a dossier; all others who take part are told. @throws DomainError DOSSIER_NOT_FILED */
export async function postMessage(
  core: Core,
  context: RequestContext,
  input: { dossier: string; text: string },
): Promise<MessageView> {
  const { actor } = context;
  const seen = await visibleDossier(core, context, input.dossier);
  authorize(actor, 'message.post', seen);
  if (seen.status === 'draft') throw new DomainError('DOSSIER_NOT_FILED', { dossier: seen.id });
  const message: Message = {
    id: core.newId(),
    dossier: seen.id,
    author: actor.account,
    side: isAllowed(actor, 'dossier.readStudy', seen) ? 'administration' : 'applicant',
    text: input.text,
    at: core.clock.now(),
  };
  const office = await officeOf(core, seen);
  await core.store.transaction(async (tx) => {
    const dossier = await visibleDossier(core, context, input.dossier, tx);
    await core.store.messages.insert(tx, message);
    await core.store.messages.markRead(dossier.id, actor.account, message.at, tx);
    const others = await readersOf(core, dossier, office, message, tx);
    await notify(core, tx, dossier, others, 'messagePosted', message.at, {});
    await remember(core, context, tx, { kind: 'message', id: message.id });
    core.store.appendEvents(tx, [
      dossierEvent(dossier, 'MessagePosted', actor, message.at, { party: message.side, subject: message.id }),
    ]);
  });
  return view(message, actor.account, message.at, await authorsOf(core, [message]));
}

/** Notes that a reader has read the thread up to now. */
export async function readMessages(
  core: Core,
  context: RequestContext,
  input: { dossier: string },
): Promise<void> {
  const dossier = await visibleDossier(core, context, input.dossier);
  await core.store.messages.markRead(dossier.id, context.actor.account, core.clock.now());
}

/** Officials who hear of what the applicant writes before anyone of them has answered: those who keep the registry. */
async function officeOf(core: Core, dossier: Dossier): Promise<string[]> {
  return (await core.store.accounts.holders('registryOfficer', dossier.commune)).map(({ id }) => id);
}

/** Both parties, and of the administration those who have taken part in the thread, else the registry. */
async function readersOf(
  core: Core,
  dossier: Dossier,
  office: string[],
  message: Message,
  tx: Tx,
): Promise<string[]> {
  const parties = [dossier.applicant, dossier.architect, dossier.createdBy].filter((one) => one !== null);
  const officials = (await core.store.messages.authors(dossier.id, tx)).filter(
    (author) => !parties.includes(author),
  );
  const told = [...parties, ...(officials.length > 0 ? officials : office)];
  return told.filter((account) => account !== message.author);
}

type Authors = ReadonlyMap<string, { name: string; title: LocalizedText | null }>;

async function authorsOf(core: Core, messages: Message[]): Promise<Authors> {
  const authors = new Map<string, { name: string; title: LocalizedText | null }>();
  for (const { author } of messages) {
    if (authors.has(author)) continue;
    const account = await core.store.accounts.find(author);
    authors.set(author, { name: account?.name ?? '', title: account?.jobTitle ?? null });
  }
  return authors;
}

function view(message: Message, reader: string, upTo: number, authors: Authors): MessageView {
  const author = authors.get(message.author);
  const mine = message.author === reader;
  return {
    message,
    authorName: author?.name ?? '',
    authorTitle: message.side === 'administration' ? (author?.title ?? null) : null,
    mine,
    read: mine || message.at <= upTo,
  };
}
