import { expect } from 'chai';
import type { Task } from '../../../src/domain/process.ts';
import type { Core } from '../../../src/usecases/dependencies.ts';
import { dossierRows } from '../../../src/usecases/dossiers/dossierRows.ts';
import { aDossier } from '../../http/support/records.ts';

/** A store that counts how often it is asked. */
function aCore(tasks: Partial<Task>[], asked: string[]): Core {
  return {
    store: {
      accounts: {
        namesOf: async (ids: string[]) => {
          asked.push('names');
          return new Map(ids.map((id) => [id, `name of ${id}`]));
        },
      },
      tasks: {
        ofDossiers: async () => {
          asked.push('tasks');
          return tasks;
        },
      },
      procedures: { versions: async () => [{ settings: { name: { ar: 'أ', fr: 'A' } } }] },
    },
    catalog: {
      get: async (hash: string) => ({
        hash,
        names: {},
        settings: { name: { ar: 'ب', fr: 'B' } },
        tasks: { AnswerComplement: { party: 'applicant' }, CheckCompleteness: { party: 'administration' } },
      }),
    },
    territories: { get: () => ({ name: { ar: 'ج', fr: 'C' } }) },
  } as unknown as Core;
}
const task = (dossier: string, flowNode: string, status = 'open') =>
  ({ dossier, flowNode, status, definition: 'h' }) as Task;

describe('dossierRows', () => {
  it('names a whole page with one question each, and says whose turn it is', async () => {
    // given
    const asked: string[] = [];
    const dossiers = [
      aDossier({ id: 'draft', status: 'draft', definition: null }),
      aDossier({ id: 'asked', status: 'underStudy' }),
      aDossier({ id: 'both', status: 'underStudy' }),
      aDossier({ id: 'over', status: 'refused', architect: null }),
    ];
    const tasks = [
      task('asked', 'AnswerComplement'),
      task('asked', 'CheckCompleteness', 'completed'),
      task('both', 'AnswerComplement'),
      task('both', 'CheckCompleteness'),
    ];

    // when
    const rows = await dossierRows(aCore(tasks, asked), dossiers);

    // then
    expect(asked).to.deep.equal(['names', 'tasks']);
    expect(rows.map(({ turn }) => turn)).to.deep.equal(['applicant', 'applicant', 'administration', null]);
    expect(rows.map(({ procedureName }) => procedureName.fr)).to.deep.equal(['A', 'B', 'B', 'B']);
    expect(rows[0]?.applicantName).to.equal('name of account-1');
    expect(rows.map(({ architectName }) => architectName)).to.deep.equal([
      'name of account-2',
      'name of account-2',
      'name of account-2',
      null,
    ]);
  });
});
