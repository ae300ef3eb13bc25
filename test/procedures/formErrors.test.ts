import { expect } from 'chai';
import type { Json } from '../../src/domain/json.ts';
import { formErrors } from '../../src/procedures/formErrors.ts';
import { anApplication, buildingPermit } from './source.ts';

const version = { hash: 'hash-of-the-permit', forms: buildingPermit().forms };
const check = (form: string, data: Json) => formErrors(version, `building-permit-small/${form}`, data);
const rules = (form: string, data: Json) => check(form, data).map(({ field, rule }) => `${field} ${rule}`);

describe('formErrors', () => {
  it('finds nothing in a whole application', () => {
    expect(check('application', anApplication())).to.deep.equal([]);
    expect(check('application', anApplication({ 'land.subdivision': null }))).to.deep.equal([]);
  });

  it('points to the missing field itself and keeps the parameters', () => {
    // given
    const application = anApplication();
    delete (application.owner as { phone?: Json }).phone;
    // then
    expect(check('application', application)).to.deep.equal([
      { field: '/owner/phone', rule: 'required', params: { missingProperty: 'phone' } },
    ]);
  });

  it('points to a field that does not belong there, whatever its name', () => {
    const hostile: Json = JSON.parse('{ "answer": "ok", "__proto__": { "admin": true }, "a/b~c": 1 }');
    expect(rules('reserves-answer', hostile)).to.have.members([
      '/__proto__ additionalProperties',
      '/a~1b~0c additionalProperties',
    ]);
  });

  for (const [path, value, rule] of [
    ['owner.identityNumber', 'la123456', 'pattern'],
    ['owner.identityNumber', 'A'.repeat(100_000), 'maxLength'],
    ['owner.phone', '06 00 00 00 00', 'pattern'],
    ['owner.email', 'owner at example', 'format'],
    ['owner.name', '   ', 'pattern'],
    ['owner.nameAr', 'Latin', 'pattern'],
    ['project.use', 'palace', 'enum'],
    ['project.heightMetres', -1, 'minimum'],
    ['project.heightMetres', 1e308, 'maximum'],
    ['project.storeysAboveGround', 2.5, 'type'],
    ['project.description', 'x'.repeat(4001), 'maxLength'],
    ['project.publicOwner', 'false', 'type'],
    ['land.areaM2', 0, 'exclusiveMinimum'],
    ['land.location', { type: 'Point', coordinates: [2.35, 48.85] }, 'maximum'],
    ['land.location', { type: 'Point', coordinates: [-5.37] }, 'minItems'],
    ['land.neighbourhoods', ['railway', 'railway'], 'uniqueItems'],
    ['professionals.architect.contractDate', '2026-02-30', 'format'],
  ] as [string, Json, string][]) {
    it(`refuses ${path} ${JSON.stringify(value).slice(0, 40)}`, () => {
      const found = check('application', anApplication({ [path]: value }));
      expect(found.map((error) => error.rule)).to.include(rule);
    });
  }

  it('asks a company for its trade register', () => {
    expect(rules('application', anApplication({ 'owner.kind': 'company' }))).to.deep.equal([
      '/owner/tradeRegister required',
    ]);
    const company = anApplication({ 'owner.kind': 'company', 'owner.tradeRegister': 'RC 4321' });
    expect(check('application', company)).to.deep.equal([]);
  });

  it('wants what is missing exactly when the dossier is incomplete', () => {
    const item = { piece: 'identityDocument', reason: 'Illisible', article: 'RGC 33' };
    expect(check('completeness', { complete: true })).to.deep.equal([]);
    expect(check('completeness', { complete: false, missing: [item] })).to.deep.equal([]);
    expect(rules('completeness', { complete: false })).to.deep.equal(['/missing required']);
    expect(rules('completeness', { complete: false, missing: [] })).to.deep.equal(['/missing minItems']);
    expect(rules('completeness', { complete: true, missing: [item] })).to.deep.equal(['/missing maxItems']);
    expect(rules('completeness', {})).to.deep.equal(['/complete required']);
  });

  it('wants remarks with reserves and with an unfavourable opinion', () => {
    const remark = { document: 'd1', page: 1, article: 'RGC 35', text: 'Recul insuffisant', reserve: true };
    expect(check('opinion', { value: 'favourable' })).to.deep.equal([]);
    expect(check('opinion', { value: 'unfavourable', remarks: [remark] })).to.deep.equal([]);
    expect(rules('opinion', { value: 'unfavourable' })).to.deep.equal(['/remarks required']);
    expect(rules('opinion', { value: 'favourableWithReserves', remarks: [] })).to.deep.equal([
      '/remarks minItems',
    ]);
    expect(rules('opinion', { value: 'favourable', remarks: [{ ...remark, page: 0 }] })).to.deep.equal([
      '/remarks/0/page minimum',
    ]);
  });

  it('accepts the other forms as they are meant, and no nearly right one', () => {
    const reasons = [{ article: 'RGC 36', text: 'Hauteur excessive' }];
    for (const [form, right, wrong] of [
      ['complement', {}, { message: '' }],
      ['minutes', { observations: 'Séance tenue', proposal: 'deliver' }, { proposal: 'deliver' }],
      ['decision', { choice: 'modify', conditions: [] }, { choice: 'postpone', conditions: [] }],
      ['refusal', { reasons }, { reasons: [] }],
      ['modification', { reasons, message: 'Merci' }, { message: 'Merci' }],
      ['modified-project', { message: 'Recul repris', answers: [{ remark: 'r1', answer: 'Fait' }] }, {}],
      ['reserves-answer', { answer: 'Fait' }, { answer: ' ' }],
      ['reserves-check', { lifted: false }, { lifted: 'no' }],
      [
        'payment',
        { receipt: 'Q-1', amount: 3750, paidAt: '2026-03-02' },
        { receipt: 'Q-1', amount: 0, paidAt: 'x' },
      ],
      ['prompt', { message: 'Merci de répondre' }, {}],
      ['signature', { confirm: true }, { confirm: false }],
    ] as [string, Json, Json][]) {
      expect(check(form, right), form).to.deep.equal([]);
      expect(check(form, wrong), form).to.not.deep.equal([]);
    }
  });

  it('stops counting faults in a flood', () => {
    const flood = { value: 'favourable', remarks: new Array(5000).fill({}) };
    expect(check('opinion', flood)).to.have.length(200);
  });

  it('refuses a form that the version does not have', () => {
    expect(() => check('unknown', {}))
      .to.throw()
      .with.property('code', 'PROCEDURE_NOT_FOUND');
    expect(() => formErrors(version, 'constructor', {}))
      .to.throw()
      .with.property('code', 'PROCEDURE_NOT_FOUND');
  });

  it('keeps the forms of two versions apart', () => {
    // given
    const stricter = buildingPermit().forms;
    const form = stricter['building-permit-small/prompt'];
    if (form !== undefined) form.schema = { ...form.schema, required: [] };
    // then
    expect(formErrors({ hash: 'other', forms: stricter }, 'building-permit-small/prompt', {})).to.deep.equal(
      [],
    );
    expect(rules('prompt', {})).to.deep.equal(['/message required']);
  });
});
