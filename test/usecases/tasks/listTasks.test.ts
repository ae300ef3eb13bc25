import { expect } from 'chai';
import type { RoleGrant } from '../../../src/domain/party.ts';
import type { TaskScope } from '../../../src/store/store.ts';
import type { Core, RequestContext } from '../../../src/usecases/dependencies.ts';
import { listTasks } from '../../../src/usecases/tasks/listTasks.ts';
import { aTask } from '../../http/support/records.ts';

const officer: RoleGrant = { role: 'registryOfficer', territory: '01.151', body: null };
const OFFICE: TaskScope = { role: 'registryOfficer', territories: ['01.151'], body: null };
const MINE: TaskScope = { assignee: 'me' };

/** An inbox of somebody with these grants and dossiers, in which every list tells by its scopes what it was asked. */
async function inbox(
  scope: 'mine' | 'groups' | 'all',
  { grants, dossiers = [], principals = {} }: Asked,
): Promise<string[]> {
  const core = {
    store: {
      dossiers: {
        idsOf: async () => dossiers,
        idsAppliedBy: async (principal: string) => principals[principal] ?? [],
      },
      tasks: {
        list: async ({ scopes }: { scopes: TaskScope[] }) => ({
          items: scopes.map((one, i) => aTask({ id: JSON.stringify(one), applicant: `applicant-${i}` })),
          next: null,
        }),
      },
      accounts: { namesOf: async (ids: string[]) => new Map(ids.map((id) => [id, `name of ${id}`])) },
    },
    catalog: { get: async () => ({ settings: { name: { ar: 'ب', fr: 'B' } }, names: {} }) },
    territories: { get: () => ({ name: { ar: 'ج', fr: 'C' } }) },
  } as unknown as Core;
  const actsFor = Object.keys(principals).map((principal) => ({ principal, procedure: null }));
  const context = { actor: { account: 'me', name: 'Me', grants, actsFor } } as unknown as RequestContext;
  const page = { limit: 50, cursor: null };
  const { items } = await listTasks(core, context, { scope, status: 'open', sort: 'dueAt', page });
  expect(items.map(({ applicantName }) => applicantName)).to.deep.equal(
    items.map((_, i) => `name of applicant-${i}`),
  );
  return items.map(({ task }) => task.id);
}
interface Asked {
  grants: RoleGrant[];
  dossiers?: string[];
  principals?: Record<string, string[]>;
}
const told = (...scopes: TaskScope[]) => scopes.map((scope) => JSON.stringify(scope));

describe('listTasks', () => {
  it('shows an official what is theirs and what their office may take', async () => {
    expect(await inbox('all', { grants: [officer] })).to.deep.equal(told(MINE, OFFICE));
    expect(await inbox('groups', { grants: [officer] })).to.deep.equal(told(OFFICE));
    expect(await inbox('mine', { grants: [officer], dossiers: ['d'] })).to.deep.equal(told(MINE));
  });

  it('shows an official who is a party as well the tasks of their own dossiers too', async () => {
    const party = [
      { role: 'applicant', dossiers: ['d'] },
      { role: 'architect', dossiers: ['d'] },
    ] as const satisfies TaskScope[];
    const asked = { grants: [officer], dossiers: ['d'] };
    expect(await inbox('all', asked)).to.deep.equal(told(MINE, OFFICE, ...party));
    expect(await inbox('groups', asked)).to.deep.equal(told(OFFICE, ...party));
  });

  it('shows a party, and who acts for one, the tasks of these dossiers and of no office', async () => {
    const grants: RoleGrant[] = [{ role: 'applicant', territory: '*', body: null }];
    const own = { role: 'applicant', dossiers: ['d', 'e'] } as const satisfies TaskScope;
    const drawn = { role: 'architect', dossiers: ['d'] } as const satisfies TaskScope;
    expect(await inbox('all', { grants, dossiers: ['d'], principals: { p: ['d', 'e'] } })).to.deep.equal(
      told(MINE, own, drawn),
    );
    expect(await inbox('groups', { grants: [], principals: { p: ['e'] } })).to.deep.equal(
      told({ role: 'applicant', dossiers: ['e'] }),
    );
    expect(await inbox('groups', { grants })).to.deep.equal([]);
  });
});
