import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { buildVersion } from '../../src/procedures/buildVersion.ts';
import type { Problem, ProcedureSource } from '../../src/procedures/types.ts';
import { buildingPermit, PUBLISHED } from './source.ts';

const build = (source: ProcedureSource) => buildVersion(source, PUBLISHED);

const first = (list: Json | undefined): JsonObject => (Array.isArray(list) ? (list[0] as JsonObject) : {});

async function refusal(source: ProcedureSource): Promise<Problem[]> {
  const error: unknown = await build(source).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(DomainError).with.property('code', 'PROCEDURE_REFUSED');
  return (error as DomainError).details.problems as unknown as Problem[];
}

describe('buildVersion', () => {
  it('reads tasks, services and names from the diagram', async () => {
    // when
    const version = await build(buildingPermit());
    // then
    expect(version).to.include({ id: 'building-permit-small', inForceFrom: '2023-07-13', ...PUBLISHED });
    expect(version.tasks.ReviewByMember).to.deep.equal({
      flowNode: 'ReviewByMember',
      name: { fr: 'Donner l’avis du membre', ar: 'إبداء رأي العضو', en: 'Give the member’s opinion' },
      roles: ['committeeMember'],
      body: 'member',
      form: 'building-permit-small/opinion',
      handler: 'reviewByMember',
      limit: { amount: 'P2D', calendar: 'workingDays' },
      article: 'RGC 19, 27',
      party: 'administration',
    });
    expect(version.tasks.AnswerComplement).to.deep.include({
      roles: ['applicant', 'architect'],
      party: 'applicant',
      limit: null,
      body: null,
    });
    expect(version.services.NotifyTax).to.deep.include({
      handler: 'notifyParties',
      template: 'notification.taxDue',
    });
    expect(version.services.ComputeTax).to.include({ handler: 'computeTax', template: null });
    expect(Object.keys(version.names)[0]).to.equal('ApplicationSubmitted');
    expect(version.names.Delivered).to.deep.equal({
      fr: 'Permis délivré',
      ar: 'رخصة مسلمة',
      en: 'Licence delivered',
    });
  });

  it('is addressed by its content alone, whatever the order of keys', async () => {
    // given
    const source = buildingPermit();
    const { settings } = source;
    const turned = {
      ...source,
      settings: Object.fromEntries(Object.entries(settings).reverse()) as unknown as typeof settings,
    };
    // when
    const { hash } = await build(source);
    // then
    expect(hash).to.match(/^[0-9a-f]{64}$/);
    expect((await build(turned)).hash).to.equal(hash);
    expect((await buildVersion(source, { ...PUBLISHED, note: 'again' })).hash).to.equal(hash);
  });

  for (const [part, change] of [
    [
      'diagram',
      (source) => {
        source.diagram += '\n';
      },
    ],
    [
      'settings',
      (source) => {
        source.settings.silenceIsApproval = false;
      },
    ],
    [
      'a form',
      (source) => {
        const form = source.forms['building-permit-small/prompt'];
        if (form) form.texts.ar.title = 'غيره';
      },
    ],
    [
      'a table',
      (source) => {
        source.decisions.tax?.rows.pop();
      },
    ],
  ] as [string, (source: ProcedureSource) => void][]) {
    it(`has another address when ${part} changes`, async () => {
      // given
      const changed = buildingPermit();
      change(changed);
      // then
      expect((await build(changed)).hash).to.not.equal((await build(buildingPermit())).hash);
    });
  }

  for (const [why, xml] of [
    ['not XML', 'hello'],
    ['not BPMN', '<html/>'],
    [
      'no executable process',
      '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D"><bpmn:process id="P"/></bpmn:definitions>',
    ],
  ]) {
    it(`refuses a diagram that is ${why}`, async () => {
      const problems = await refusal({ ...buildingPermit(), diagram: xml ?? '' });
      expect(problems.map(({ rule }) => rule)).to.deep.equal(['readable']);
    });
  }

  for (const [where, change] of [
    [
      '/settings/timeLimits/0/unit',
      (settings) => {
        settings.timeLimits = [{ ...first(settings.timeLimits), unit: 'days' }];
      },
    ],
    [
      '/settings/pieces/0/kind',
      (settings) => {
        settings.pieces = [{ ...first(settings.pieces), kind: 'optional' }];
      },
    ],
    [
      '/settings/inForceFrom',
      (settings) => {
        settings.inForceFrom = 'tomorrow';
      },
    ],
    [
      '/settings/name',
      (settings) => {
        settings.name = { ar: 'ا', fr: 'a' };
      },
    ],
    [
      '/settings',
      (settings) => {
        settings.fees = [];
      },
    ],
    [
      'settings',
      (settings) => {
        settings.id = 'another-procedure';
      },
    ],
  ] as [string, (settings: JsonObject) => void][]) {
    it(`refuses settings that are wrong at ${where}`, async () => {
      // given
      const source = buildingPermit();
      change(source.settings as unknown as JsonObject);
      // then
      expect((await refusal(source)).map(({ rule, element }) => `${rule} ${element}`)).to.include(
        `shape ${where}`,
      );
    });
  }
});
