import { expect } from 'chai';
import { buildVersion } from '../../src/procedures/buildVersion.ts';
import { mapOf } from '../../src/procedures/stages.ts';
import { buildingPermit, PUBLISHED } from './source.ts';

describe('stages', () => {
  it('are those of the diagram, in its order and languages', async () => {
    // given
    const map = await mapOf(await buildVersion(buildingPermit(), PUBLISHED));
    // then
    expect(map.stages.map(({ id }) => id)).to.deep.equal([
      'StageFiled',
      'StageChecked',
      'StageCommittee',
      'StageDecision',
      'StageLicence',
    ]);
    expect(map.stages[3]?.name).to.deep.equal({ fr: 'Décision', ar: 'القرار', en: 'Decision' });
    expect(map.stageOf.get('LiftReserves')).to.equal('StageDecision');
  });

  it('say what may come next: tasks first, an end only where there is no task', async () => {
    // given
    const map = await mapOf(await buildVersion(buildingPermit(), PUBLISHED));
    // then
    expect(map.next(['CheckCompleteness']).map(({ flowNode }) => flowNode)).to.deep.equal([
      'AnswerComplement',
      'ReviewByMember',
      'ReviewByUrbanAgency',
    ]);
    expect(map.next(['SignRefusal'])).to.deep.equal([{ flowNode: 'Refused', kind: 'end' }]);
    expect(map.next([])).to.deep.equal([]);
  });
});
