import { authorize } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import {
  type EntryKind,
  type RegisterDirection,
  type RegisterEntry,
  registerYear,
} from '../../domain/register.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** An entry as it is read: with the dossier's number and who it came from or went to, as they are known now. */
export interface ReadEntry {
  entry: RegisterEntry;
  dossierNumber: string | null;
  /** The applicant, where the entry is about no body. */
  correspondent: string | null;
  bodyName: LocalizedText | null;
  actorName: string;
  /** Later entries that correct this one. */
  corrections: { id: string; number: number; at: number }[];
}

/**
 * One page of a register of a commune, the last entry first. Entries are made with the events themselves, numbered in the
 * same transaction; names are not kept in them but read from where they are.
 */
export async function listRegister(
  core: Core,
  { actor }: RequestContext,
  input: {
    direction: RegisterDirection;
    commune: string;
    year?: number | undefined;
    kind?: EntryKind | undefined;
    dossierNumber?: string | undefined;
    number?: number | undefined;
    from?: number | undefined;
    to?: number | undefined;
    page: PageRequest;
  },
): Promise<Page<ReadEntry>> {
  authorize(actor, 'register.read', { commune: input.commune });
  const { page, dossierNumber, year = registerYear(core.clock.now()), ...wanted } = input;
  const scope = { scopes: [{ territories: [input.commune] }], number: dossierNumber ?? '' };
  const [dossier] =
    dossierNumber === undefined
      ? []
      : (await core.store.dossiers.list(scope, { limit: 1, cursor: null })).items;
  if (dossierNumber !== undefined && dossier === undefined) return { items: [], next: null };
  const found = await core.store.registers.list({ ...wanted, year, dossier: dossier?.id }, page);
  return { ...found, items: await readable(core, found.items) };
}

/** Joins entries with what is read beside them. */
export async function readable(core: Core, entries: RegisterEntry[]): Promise<ReadEntry[]> {
  const { store } = core;
  const ids = (of: (entry: RegisterEntry) => string | null) => [
    ...new Set(entries.map(of).filter((id) => id !== null)),
  ];
  const [dossiers, corrections, bodies] = await Promise.all([
    store.dossiers.some(ids((entry) => entry.dossier)),
    store.registers.correctionsOf(entries.map(({ id }) => id)),
    store.bodies.list(),
  ]);
  const accounts = await store.accounts.some([
    ...new Set([...ids((entry) => entry.actor), ...dossiers.map(({ applicant }) => applicant)]),
  ]);
  const nameOf = (id: string | undefined) => accounts.find((account) => account.id === id)?.name;
  return entries.map((entry) => {
    const dossier = dossiers.find(({ id }) => id === entry.dossier);
    return {
      entry,
      dossierNumber: dossier?.number ?? null,
      correspondent: entry.body === null ? (nameOf(dossier?.applicant) ?? null) : null,
      bodyName: bodies.find(({ id }) => id === entry.body)?.name ?? null,
      actorName: nameOf(entry.actor) ?? '',
      corrections: corrections
        .filter(({ correction }) => correction?.entry === entry.id)
        .map(({ id, number, at }) => ({ id, number, at })),
    };
  });
}
