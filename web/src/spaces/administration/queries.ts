import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, answerWithTag, api, type Schema } from '../../api/client.ts';
import { bodiesQuery, territoriesQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';

export type Account = Schema<'Account'>;
export type Body = Schema<'Body'>;
export type Grant = Schema<'Grant'>;
export type Role = Schema<'Role'>;
export type BodyKind = Schema<'BodyKind'>;

export const ROLES: Role[] = [
  'registryOfficer',
  'president',
  'treasurer',
  'governor',
  'committeeMember',
  'committeeSecretary',
  'procedureAdministrator',
  'analyst',
  'operator',
  'administrator',
  'applicant',
  'architect',
];
/** Roles that are always exercised for a body. */
export const BODY_ROLES: Role[] = ['committeeMember', 'committeeSecretary'];

export const BODY_KINDS: BodyKind[] = [
  'commune',
  'province',
  'urbanAgency',
  'oneStopShop',
  'provincialCommittee',
  'civilProtection',
  'publicWorks',
  'railways',
  'maritimeDomain',
  'telecom',
  'landRegistry',
  'other',
];

/** Who may be found: words of a name or e-mail, and what one of the grants says. */
export interface Wanted {
  q: string;
  role: string;
  territory: string;
  body: string;
}

export const accountsQuery = (wanted: Wanted) => {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value.trim() !== ''));
  return infiniteQueryOptions({
    queryKey: ['accounts', given],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/admin/accounts', {
          params: { query: { ...given, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
};

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id],
    queryFn: () => answerWithTag(api.GET('/admin/accounts/{id}', { params: { path: { id } } })),
  });

/** Whether a territory contains another; `*` is the whole country. */
export const covers = (own: string, code: string): boolean =>
  own === '*' || code === own || code.startsWith(`${own}.`);

/** Names of territories and bodies in the reader's language; codes stand in until they are there. */
export function usePlaces() {
  const { t, i18n } = useTranslation('administration');
  const { data: territories } = useQuery(territoriesQuery);
  const { data: bodies } = useQuery(bodiesQuery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are read again in another language.
  return useMemo(() => {
    const places = new Map(territories?.map((one) => [one.code, one]));
    const sits = new Map(bodies?.map((one) => [one.id, one]));
    const territory = (code: string): string => {
      if (code === '*') return t('country');
      const found = places.get(code);
      return found === undefined ? code : localText(found.name);
    };
    return {
      territories: territories ?? [],
      bodies: bodies ?? [],
      territory,
      body: (id: string): string => {
        const found = sits.get(id);
        return found === undefined ? id : localText(found.name);
      },
      /** Choices for a list: the whole country first, each with its code. */
      choices: [
        { value: '*', label: t('country') },
        ...(territories ?? []).map(({ code, name }) => ({
          value: code,
          label: `${localText(name)} · ${code}`,
        })),
      ],
    };
  }, [territories, bodies, t, i18n.language]);
}
