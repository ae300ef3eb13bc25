import { expect } from 'chai';
import type { Task } from '../../../src/domain/process.ts';
import type { Core } from '../../../src/usecases/dependencies.ts';
import { meaningOf } from '../../../src/usecases/tasks/meaningOf.ts';

const VERSIONS: Record<string, unknown> = {
  permit: {
    hash: 'permit',
    names: { Check: { ar: 'أ', fr: 'Vérifier' } },
    tasks: { Check: { party: 'administration' } },
  },
  visit: {
    hash: 'visit',
    names: { Check: { ar: 'ب', fr: 'Recevoir' } },
    tasks: { Check: { party: 'applicant' } },
  },
};
const core = { catalog: { get: async (hash: string) => VERSIONS[hash] } } as unknown as Core;
const aTask = (definition: string, flowNode = 'Check') => ({ definition, flowNode }) as Task;

describe('what a task means', () => {
  it('is said by the version that opened it, though two procedures draw the same identifier', async () => {
    const tasks = [aTask('permit'), aTask('visit'), aTask('visit', 'Unknown')];
    // when
    const meaning = await meaningOf(core, tasks);
    // then
    expect(tasks.map((task) => [meaning(task).name.fr, meaning(task).party])).to.deep.equal([
      ['Vérifier', 'administration'],
      ['Recevoir', 'applicant'],
      ['Unknown', 'system'],
    ]);
  });
});
