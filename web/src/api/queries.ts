import { QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { answer, api, type Schema } from './client.ts';
import { Offline, Refusal } from './problem.ts';
import { type SessionState, session } from './session.ts';

export type Role = Schema<'Role'>;
export type Account = Schema<'Account'>;

/** Keeps what the server said; old rows stay on screen while new ones come. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      placeholderData: (previous: unknown) => previous,
      retry: (count, error) => !(error instanceof Refusal && error.status < 500) && count < 2,
    },
    mutations: { retry: (count, error) => error instanceof Offline && count < 1 },
  },
});

/** Whether somebody is signed in. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}

let beginsAfter: string | null = null;

/** The last event known of when this page began to ask; null before that. */
export const firstPosition = (): string | null => beginsAfter;

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async (): Promise<Account | null> => {
    if ((await session.resume()) !== 'signedIn') return null;
    try {
      const asked = await api.GET('/me');
      beginsAfter ??= asked.response.headers.get('last-event-id');
      return await answer(Promise.resolve(asked));
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return null;
      throw error;
    }
  },
});

/** Who is signed in; null while unknown or for nobody. */
export function useMe(): Account | null {
  return useQuery(meQuery).data ?? null;
}

/** Tells whether an account holds one of the roles, anywhere. */
export function holds(account: Account | null, ...roles: Role[]): boolean {
  return account?.grants.some((grant) => roles.includes(grant.role)) ?? false;
}

/** Tells whether an account acts for an administration, anywhere. */
export function isOfficial(account: Account | null): boolean {
  return account?.grants.some(({ role }) => role !== 'applicant' && role !== 'architect') ?? false;
}

export const siteQuery = queryOptions({
  queryKey: ['site'],
  staleTime: 60_000,
  queryFn: async () => ({ ...(await answer(api.GET('/site'))), heardAt: Date.now() }),
});

/** What every page begins from. */
export function useSite() {
  return useSuspenseQuery(siteQuery).data;
}

/** Business time, as the server has it: a demonstration clock stands still until it is moved. */
export function useNow(): number {
  const { data } = useQuery(siteQuery);
  if (data === undefined) return Date.now();
  const at = Date.parse(data.now);
  return data.clock === 'demo' ? at : at + (Date.now() - data.heardAt);
}

/** The territories of the country, by code: small, and asked for once a visit. */
export const territoriesQuery = queryOptions({
  queryKey: ['territories'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => (await answer(api.GET('/territories'))).items,
});

/** The bodies, for whoever names or chooses one. */
export const bodiesQuery = queryOptions({
  queryKey: ['bodies'],
  staleTime: 60_000,
  queryFn: async () => (await answer(api.GET('/bodies'))).items,
});

/** Names of bodies, by identifier. */
export const bodyNamesQuery = queryOptions({
  ...bodiesQuery,
  select: (bodies) => new Map(bodies.map(({ id, name }) => [id, name])),
});

export type ProcedureSummary = Schema<'ProcedureSummary'>;

/** The procedures that are in force, one version each, the newest: what this office may be asked for. */
export const proceduresQuery = queryOptions({
  queryKey: ['procedures', 'inForce'],
  staleTime: 60_000,
  queryFn: async (): Promise<ProcedureSummary[]> => {
    const [{ items }, { now }] = await Promise.all([
      answer(api.GET('/procedures')),
      queryClient.ensureQueryData(siteQuery),
    ]);
    // By the office's clock: that of a training office is not the browser's.
    const today = now.slice(0, 10);
    const newest = new Map<string, ProcedureSummary>();
    for (const one of items) {
      const known = newest.get(one.id);
      if (one.inForceFrom > today) continue;
      const isNewer =
        known === undefined ||
        one.inForceFrom > known.inForceFrom ||
        (one.inForceFrom === known.inForceFrom && one.publishedAt > known.publishedAt);
      if (isNewer) newest.set(one.id, one);
    }
    return [...newest.values()];
  },
});
