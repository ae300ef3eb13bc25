import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/json.ts';
import { buildVersion } from '../../src/procedures/buildVersion.ts';
import { readDiagram } from '../../src/procedures/diagram.ts';
import type { LintSubject } from '../../src/procedures/lint/subject.ts';
import { lintProcedure, RULES } from '../../src/procedures/lintProcedure.ts';
import type { Form, ProcedureSource, TimeLimitProfile } from '../../src/procedures/types.ts';
import { buildingPermit, KNOWN, PUBLISHED } from './source.ts';

/** One way to spoil the building permit. */
interface Fault {
  rule: string;
  element: string | null;
  why: string;
  spoil(source: ProcedureSource): void;
}

const replace = (from: string | RegExp, to: string) => (source: ProcedureSource) => {
  const spoilt = source.diagram.replace(from, to);
  if (spoilt === source.diagram) throw new Error(`nothing to spoil: ${from}`);
  source.diagram = spoilt;
};
const form = (source: ProcedureSource, name: string): Form => {
  const found = source.forms[`building-permit-small/${name}`];
  if (found === undefined) throw new Error(`no form ${name}`);
  return found;
};
const table = (source: ProcedureSource, name: string) => {
  const found = source.decisions[name];
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};
const row = (source: ProcedureSource, name: string, id: string) => {
  const found = table(source, name).rows.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
};
const limit = (source: ProcedureSource, id: string): TimeLimitProfile => {
  const found = source.settings.timeLimits.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no limit ${id}`);
  return found;
};
const FORM = 'building-permit-small/opinion';
const OPEN = '<bpmn:userTask id="Decide"';

const FAULTS: Fault[] = [
  {
    rule: 'readable',
    element: null,
    why: 'a flow leads nowhere',
    spoil: replace('targetRef="Decide"', 'targetRef="Nowhere"'),
  },
  {
    rule: 'looseEnds',
    element: 'DrawUpMinutes',
    why: 'nothing follows it',
    spoil: (source) => {
      const { diagram } = source;
      const [flow = ''] = /<bpmn:sequenceFlow id="DrawUpMinutes_[^>]*>/.exec(diagram) ?? [];
      const [, id = ''] = /id="(\w+)"/.exec(flow) ?? [];
      if (id === '') throw new Error('nothing to spoil');
      source.diagram = diagram
        .replace(flow, '')
        .replace(`<bpmn:outgoing>${id}</bpmn:outgoing>`, '')
        .replace(`<bpmn:incoming>${id}</bpmn:incoming>`, '')
        .replace(
          new RegExp(`<bpmndi:BPMNEdge id="\\w+" bpmnElement="${id}">[\\s\\S]*?</bpmndi:BPMNEdge>`),
          '',
        );
    },
  },
  {
    rule: 'namesInLanguages',
    element: 'Decide',
    why: 'no Arabic name',
    spoil: replace('permit:nameAr="اتخاذ القرار" ', ''),
  },
  {
    rule: 'namesInLanguages',
    element: 'Refused',
    why: 'a blank French name',
    spoil: replace('name="Refusée"', 'name=" "'),
  },
  {
    rule: 'namesInLanguages',
    element: 'TreasurerLane',
    why: 'a lane without an English name',
    spoil: replace(' permit:nameEn="Treasurer"', ''),
  },
  {
    rule: 'namesInLanguages',
    element: 'DecisionRefuse',
    why: 'a way out without a name',
    spoil: replace('name="Refuser"', ''),
  },
  {
    rule: 'namesInLanguages',
    element: 'StageLicence',
    why: 'a stage without an Arabic name',
    spoil: replace('value="Permis" permit:nameAr="الرخصة"', 'value="Permis"'),
  },
  {
    rule: 'stages',
    element: 'Decide',
    why: 'a task in no stage',
    spoil: replace(
      /(<bpmn:userTask id="Decide"[^>]*>\s*)<bpmn:categoryValueRef>\w+<\/bpmn:categoryValueRef>/,
      '$1',
    ),
  },
  {
    rule: 'stages',
    element: 'StageNobody',
    why: 'a stage that nothing belongs to',
    spoil: replace(
      '<bpmn:categoryValue id="StageFiled"',
      '<bpmn:categoryValue id="StageNobody" value="N" permit:nameAr="ن" permit:nameEn="N" /><bpmn:categoryValue id="StageFiled"',
    ),
  },
  {
    rule: 'uniqueNames',
    element: 'SignLicence',
    why: 'two tasks of one name',
    spoil: replace('name="Décider"', 'name="Signer le permis"'),
  },
  {
    rule: 'references',
    element: 'DrawUpMinutes_Decide',
    why: 'an incoming flow not written',
    spoil: replace(
      /(<bpmn:userTask id="Decide"[^>]*>\s*<bpmn:categoryValueRef>\w+<\/bpmn:categoryValueRef>\s*)<bpmn:incoming>\w+<\/bpmn:incoming>/,
      '$1',
    ),
  },
  {
    rule: 'references',
    element: 'Decide',
    why: 'a node in no lane',
    spoil: replace('<bpmn:flowNodeRef>Decide</bpmn:flowNodeRef>', ''),
  },
  {
    rule: 'everythingDrawn',
    element: 'Decide',
    why: 'a node without a shape',
    spoil: replace(/<bpmndi:BPMNShape id="Decide_di"[\s\S]*?<\/bpmndi:BPMNShape>/, ''),
  },
  {
    rule: 'everythingDrawn',
    element: 'TaxDue',
    why: 'a flow without an edge',
    spoil: replace(/<bpmndi:BPMNEdge id="TaxDue_di"[\s\S]*?<\/bpmndi:BPMNEdge>/, ''),
  },
  {
    rule: 'everythingDrawn',
    element: 'Decide',
    why: 'a shape of no size',
    spoil: replace(/(id="Decide_di"[^>]*>\s*<dc:Bounds [^>]*height=)"80"/, '$1"0"'),
  },
  {
    rule: 'knownAttributes',
    element: 'Decide',
    why: 'a misspelt attribute',
    spoil: replace(OPEN, `${OPEN} permit:limits="P1D"`),
  },
  {
    rule: 'startForm',
    element: 'ApplicationSubmitted',
    why: 'another form than the application',
    spoil: replace('small/application"', 'small/opinion"'),
  },
  {
    rule: 'startForm',
    element: null,
    why: 'two ways to begin',
    spoil: replace('<bpmn:startEvent id="App', '<bpmn:startEvent id="Again" /><bpmn:startEvent id="App'),
  },
  {
    rule: 'references',
    element: 'Decide',
    why: 'an incoming flow that goes elsewhere',
    spoil: replace(
      '<bpmn:incoming>DrawUpMinutes_Decide</bpmn:incoming>',
      '<bpmn:incoming>TaxDue</bpmn:incoming>',
    ),
  },
  {
    rule: 'taskRoles',
    element: 'Decide',
    why: 'no role',
    spoil: replace(/(id="Decide"[^>]*) camunda:candidateGroups="president"/, '$1'),
  },
  {
    rule: 'taskRoles',
    element: 'AnswerComplement',
    why: 'an unknown role',
    spoil: replace('"applicant,architect"', '"applicant,neighbour"'),
  },
  {
    rule: 'taskForm',
    element: 'DrawUpMinutes',
    why: 'a form that does not exist',
    spoil: replace('small/minutes"', 'small/report"'),
  },
  {
    rule: 'taskForm',
    element: 'DrawUpMinutes',
    why: 'no form',
    spoil: replace(' camunda:formKey="building-permit-small/minutes"', ''),
  },
  {
    rule: 'taskHandler',
    element: 'Decide',
    why: 'an unknown handler',
    spoil: replace('permit:handler="decide"', 'permit:handler="decideAll"'),
  },
  {
    rule: 'taskBody',
    element: 'DrawUpMinutes',
    why: 'a body nobody names',
    spoil: replace('permit:body="secretariat"', 'permit:body="secretary"'),
  },
  {
    rule: 'taskBody',
    element: 'ReviewByMember',
    why: 'a loop over nothing',
    spoil: replace(' camunda:collection="members"', ''),
  },
  {
    rule: 'taskBody',
    element: 'ReviewByMember',
    why: 'a body that is not the loop’s',
    spoil: replace('permit:body="member"', 'permit:body="urbanAgency"'),
  },
  {
    rule: 'taskParty',
    element: 'RecordPayment',
    why: 'an unknown party',
    spoil: replace(/(id="RecordPayment"[^>]*)permit:party="applicant"/, '$1permit:party="payer"'),
  },
  {
    rule: 'taskLimit',
    element: 'Decide',
    why: 'no limit',
    spoil: replace(/(id="Decide"[^>]*) permit:limit="P1D"/, '$1'),
  },
  {
    rule: 'taskLimit',
    element: 'Decide',
    why: 'no article',
    spoil: replace(/(id="Decide"[^>]*) permit:article="[^"]*"/, '$1'),
  },
  {
    rule: 'taskLimit',
    element: 'Decide',
    why: 'a limit that is no duration',
    spoil: replace(/(id="Decide"[^>]*) permit:limit="P1D"/, '$1 permit:limit="1 day"'),
  },
  {
    rule: 'taskLimit',
    element: 'ReservesExpire',
    why: 'a timer in no calendar',
    spoil: replace('id="ReservesExpireTimer" permit:calendar="workingDays"', 'id="ReservesExpireTimer"'),
  },
  {
    rule: 'taskLimit',
    element: 'ReservesExpire',
    why: 'a timer that is no duration',
    spoil: replace('>P5D<', '>five days<'),
  },
  {
    rule: 'limitsWithinTotal',
    element: 'joint-order-2023',
    why: 'limits longer than the law’s total',
    spoil: replace('permit:limit="P3D"', 'permit:limit="P5D"'),
  },
  {
    rule: 'limitsWithinTotal',
    element: 'joint-order-2023',
    why: 'a total shorter than the limits',
    spoil: (source) => {
      limit(source, 'joint-order-2023').amount = 13;
    },
  },
  {
    rule: 'serviceHandler',
    element: 'ComputeTax',
    why: 'an unknown handler',
    spoil: replace('permit:handler="computeTax"', 'permit:handler="guessTax"'),
  },
  {
    rule: 'serviceHandler',
    element: 'ComputeTax',
    why: 'no handler',
    spoil: replace(' permit:handler="computeTax"', ''),
  },
  {
    rule: 'serviceHandler',
    element: 'NotifyTax',
    why: 'a notification that says nothing',
    spoil: replace(' permit:template="notification.taxDue"', ''),
  },
  {
    rule: 'serviceHandler',
    element: 'ComputeTax',
    why: 'a message nobody sends',
    spoil: replace('id="ComputeTax"', 'id="ComputeTax" permit:template="notification.taxDue"'),
  },
  {
    rule: 'conditions',
    element: 'DossierComplete',
    why: 'foreign syntax',
    spoil: replace('>complete = true<', '>complete == true<'),
  },
  {
    rule: 'conditions',
    element: 'DossierComplete',
    why: 'a leading =',
    spoil: replace('>complete = true<', '>= complete<'),
  },
  {
    rule: 'conditions',
    element: 'TaxDue',
    why: 'a way out without a condition',
    spoil: replace(
      /(<bpmn:sequenceFlow id="TaxDue"[^>]*)>\s*<bpmn:conditionExpression[^>]*>[^<]*<\/bpmn:conditionExpression>/,
      '$1>',
    ),
  },
  {
    rule: 'timeLimits',
    element: 'rgc-2019',
    why: 'two totals for one day',
    spoil: (source) => {
      limit(source, 'rgc-2019').inForceTo = '2023-08-01';
    },
  },
  {
    rule: 'timeLimits',
    element: 'rgc-2019',
    why: 'it ends before it begins',
    spoil: (source) => {
      limit(source, 'rgc-2019').inForceTo = '2019-06-12';
    },
  },
  {
    rule: 'timeLimits',
    element: 'rgc-2013',
    why: 'a ceiling before a special text',
    spoil: (source) => {
      limit(source, 'rgc-2019').cap = true;
    },
  },
  {
    rule: 'timeLimits',
    element: '1980-01-01',
    why: 'no limit on the first day',
    spoil: (source) => {
      source.settings.inForceFrom = '1980-01-01';
    },
  },
  {
    rule: 'pieces',
    element: 'identityDocument',
    why: 'a piece listed twice',
    spoil: (source) => {
      source.settings.pieces.push(
        ...source.settings.pieces.filter(({ code }) => code === 'identityDocument'),
      );
    },
  },
  {
    rule: 'pieces',
    element: 'companyStatutes',
    why: 'a condition on a field that does not exist',
    spoil: (source) => {
      const last = source.settings.pieces.at(-1);
      if (last !== undefined) last.when = 'owner.type = "company"';
    },
  },
  {
    rule: 'decisions',
    element: 'taxes',
    why: 'a table that does not exist',
    spoil: (source) => {
      source.settings.decisions.tax = 'taxes';
    },
  },
  {
    rule: 'decisions',
    element: 'members',
    why: 'the wrong hit policy',
    spoil: (source) => {
      table(source, 'members').hitPolicy = 'FIRST';
    },
  },
  {
    rule: 'decisions',
    element: 'committee',
    why: 'an output missing',
    spoil: (source) => {
      const committee = table(source, 'committee');
      committee.outputs.pop();
      for (const { then } of committee.rows) then.pop();
    },
  },
  {
    rule: 'decisions',
    element: 'members',
    why: 'an unknown kind of body',
    spoil: (source) => {
      row(source, 'members', 'railways').then[0] = '"tramways"';
    },
  },
  {
    rule: 'decisions',
    element: 'idle',
    why: 'a table nobody reads',
    spoil: (source) => {
      source.decisions.idle = { ...structuredClone(table(source, 'tax')), id: 'idle' };
    },
  },
  {
    rule: 'decisionCells',
    element: 'classification',
    why: 'foreign syntax in a test',
    spoil: (source) => {
      row(source, 'classification', 'commerceArea').when[7] = '== 500';
    },
  },
  {
    rule: 'decisionCells',
    element: 'classification',
    why: 'a fact that does not exist',
    spoil: (source) => {
      const [input] = table(source, 'classification').inputs;
      if (input !== undefined) input.expression = 'project.opération';
    },
  },
  {
    rule: 'decisionCells',
    element: 'committee',
    why: 'a parameter that does not exist',
    spoil: (source) => {
      row(source, 'committee', 'aboveThreshold').when[2] = '> parameters.threshold';
    },
  },
  {
    rule: 'decisionCells',
    element: 'tax',
    why: 'a broken output',
    spoil: (source) => {
      row(source, 'tax', 'otherUses').then[1] = 'ceiling(project.coveredAreaM2';
    },
  },
  {
    rule: 'decisionCells',
    element: 'tax',
    why: 'an unknown function',
    spoil: (source) => {
      row(source, 'tax', 'otherUses').then[1] = 'roof(project.coveredAreaM2)';
    },
  },
  {
    rule: 'decisionCells',
    element: 'tax',
    why: 'a cell too few',
    spoil: (source) => {
      row(source, 'tax', 'otherUses').when.pop();
    },
  },
  {
    rule: 'decisionCells',
    element: 'tax',
    why: 'two rows of one name',
    spoil: (source) => {
      row(source, 'tax', 'otherUses').id = 'socialHousing';
    },
  },
  {
    rule: 'formSchemas',
    element: FORM,
    why: 'an unknown keyword',
    spoil: (source) => {
      form(source, 'opinion').schema.requires = ['value'];
    },
  },
  {
    rule: 'formSchemas',
    element: FORM,
    why: 'an unknown format',
    spoil: (source) => {
      property(source, 'observations').format = 'prose';
    },
  },
  {
    rule: 'formBounds',
    element: FORM,
    why: 'unknown properties let through',
    spoil: (source) => {
      form(source, 'opinion').schema.additionalProperties = true;
    },
  },
  {
    rule: 'formBounds',
    element: FORM,
    why: 'a text of any length',
    spoil: (source) => {
      delete property(source, 'observations').maxLength;
    },
  },
  {
    rule: 'formBounds',
    element: FORM,
    why: 'a list of any length',
    spoil: (source) => {
      delete property(source, 'remarks').maxItems;
    },
  },
  {
    rule: 'formTexts',
    element: FORM,
    why: 'no Arabic label',
    spoil: (source) => {
      delete fields(source, 'ar')['/observations'];
    },
  },
  {
    rule: 'formTexts',
    element: FORM,
    why: 'an option without a French text',
    spoil: (source) => {
      delete ((fields(source, 'fr')['/value'] as JsonObject).options as JsonObject).unfavourable;
    },
  },
  {
    rule: 'formTexts',
    element: FORM,
    why: 'a text of no field',
    spoil: (source) => {
      fields(source, 'en')['/nothing'] = { label: 'Nothing' };
    },
  },
  {
    rule: 'formTexts',
    element: FORM,
    why: 'no title',
    spoil: (source) => {
      form(source, 'opinion').texts.en.title = '';
    },
  },
  {
    rule: 'formLayout',
    element: FORM,
    why: 'a field in no order',
    spoil: (source) => {
      (form(source, 'opinion').ui.order as JsonObject)[''] = ['value', 'remarks'];
    },
  },
  {
    rule: 'formLayout',
    element: FORM,
    why: 'an unknown widget',
    spoil: (source) => {
      (form(source, 'opinion').ui.widgets as JsonObject)['/value'] = 'slider';
    },
  },
];

const property = (source: ProcedureSource, name: string): JsonObject =>
  (form(source, 'opinion').schema.properties as JsonObject)[name] as JsonObject;
const fields = (source: ProcedureSource, language: 'ar' | 'fr' | 'en'): JsonObject =>
  form(source, 'opinion').texts[language].fields as JsonObject;

const read = async (source: ProcedureSource): Promise<LintSubject> => {
  const version = await buildVersion(source, PUBLISHED);
  return { version, diagram: await readDiagram(version.diagram), known: KNOWN };
};

describe('lintProcedure', () => {
  it('has nothing to say of the building permit', async () => {
    const { version } = await read(buildingPermit());
    expect(await lintProcedure(version, KNOWN)).to.deep.equal([]);
  });

  it('tells all that is wrong at once', async () => {
    // given
    const source = buildingPermit();
    replace('permit:handler="decide"', 'permit:handler="guess"')(source);
    delete property(source, 'observations').maxLength;
    const { version } = await read(source);
    // when
    const problems = await lintProcedure(version, KNOWN);
    // then
    expect(problems.map(({ rule }) => rule)).to.deep.equal(['taskHandler', 'formBounds']);
  });

  it('has a seeded fault for each rule', () => {
    expect(new Set(FAULTS.map(({ rule }) => rule))).to.deep.equal(new Set(Object.keys(RULES)));
  });

  for (const { rule, element, why, spoil } of FAULTS) {
    it(`${rule}: ${why}`, async () => {
      // given
      const source = buildingPermit();
      spoil(source);
      // when
      const problems = RULES[rule]?.(await read(source)) ?? [];
      // then
      expect(problems.map((problem) => problem.element)).to.include(element);
      for (const problem of problems) {
        expect(problem.rule).to.equal(rule);
        expect(problem.message.ar).to.match(/\p{Script=Arabic}/u);
        expect(problem.message.fr).to.not.equal(problem.message.en);
        expect(problem.message.en).to.have.length.above(10);
      }
    });
  }
});
