import { expect } from 'chai';
import { ACT_KINDS, DECISION_CHOICES } from '../src/domain/decision.ts';
import { DOSSIER_STATUSES } from '../src/domain/dossier.ts';
import { ERRORS } from '../src/domain/errors.ts';
import { LANGUAGES } from '../src/domain/json.ts';
import { OPINION_VALUES } from '../src/domain/opinion.ts';
import { BODY_KINDS, ROLES } from '../src/domain/party.ts';
import { REASONS } from '../src/gateways/pdf/reasons.ts';
import { type Message, parseMessage } from '../src/locales/message.ts';
import { createTranslate, findText, MissingText, TEXTS, type Texts } from '../src/locales/translate.ts';

const TEMPLATES = [
  'filingRejected',
  'receiptIssued',
  'complementRequested',
  'committeeConvened',
  'agencySilent',
  'agencyPrompted',
  'reservesToLift',
  'modificationRequested',
  'refused',
  'closedWithoutFollowUp',
  'taxDue',
  'licenceDelivered',
  'taskAssigned',
];

/** Keywords of JSON Schema 2020-12 that ajv reports, and rules of our own. */
const RULES = [
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'contains',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'falseSchema',
  'format',
  'if',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'misplaced',
  'multipleOf',
  'not',
  'oneOf',
  'other',
  'pattern',
  'propertyNames',
  'required',
  'tooMany',
  'type',
  'unevaluatedProperties',
  'uniqueItems',
];

const ARABIC_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

describe('locales', () => {
  const say = createTranslate();

  it('have the same keys in all three languages', () => {
    const [ar, fr, en] = LANGUAGES.map((language) => keysOf(TEXTS[language]));
    expect(ar).to.deep.equal(fr);
    expect(en).to.deep.equal(fr);
    expect(fr).to.have.length.greaterThan(300);
  });

  it('have every word that the domain can utter', () => {
    const wanted = [
      ...Object.keys(ERRORS).flatMap((code) => [`error.${code}.title`, `error.${code}.detail`]),
      ...TEMPLATES.flatMap((name) => [`notification.${name}.title`, `notification.${name}.body`]),
      ...RULES.map((rule) => `validation.${rule}`),
      ...Object.keys(REASONS).map((code) => `verification.reason.${code}`),
      ...['valid', 'invalid', 'unreadable'].map((status) => `verification.status.${status}`),
      ...ROLES.map((role) => `role.${role}`),
      ...BODY_KINDS.map((kind) => `bodyKind.${kind}`),
      ...OPINION_VALUES.map((value) => `opinion.${value}`),
      ...DECISION_CHOICES.map((choice) => `decision.${choice}`),
      ...ACT_KINDS.map((kind) => `act.${kind}`),
      ...DOSSIER_STATUSES.map((status) => `status.${status}`),
      ...['open', 'completed', 'cancelled'].map((status) => `status.${status}`),
    ];
    for (const language of LANGUAGES) {
      expect(wanted.filter((key) => findText(TEXTS[language], key) === null)).to.deep.equal([]);
    }
  });

  it('have no error that the catalogue does not know', () => {
    const known = Object.keys(TEXTS.fr.error as Texts);
    expect(known.filter((code) => !(code in ERRORS))).to.deep.equal([]);
  });

  it('are well formed, fill the same places in every language, and count Arabic in six forms', () => {
    for (const key of keysOf(TEXTS.fr)) {
      const messages = LANGUAGES.map((language) => parseMessage(findText(TEXTS[language], key) ?? ''));
      const [ar, fr, en] = messages.map((message) => [...placesOf(message)].sort());
      expect(ar, key).to.deep.equal(fr);
      expect(en, key).to.deep.equal(fr);
      for (const forms of pluralsOf(messages[0] ?? [])) {
        expect(forms.filter((form) => !form.startsWith('=')).sort(), key).to.deep.equal(
          [...ARABIC_FORMS].sort(),
        );
      }
    }
  });

  it('are written in their own letters', () => {
    for (const key of keysOf(TEXTS.ar).filter((one) => one !== 'page.verify.date')) {
      expect(findText(TEXTS.ar, key), key).to.match(/\p{Script=Arabic}/u);
      expect(findText(TEXTS.fr, key), key).not.to.match(/\p{Script=Arabic}/u);
      expect(findText(TEXTS.en, key), key).not.to.match(/\p{Script=Arabic}/u);
    }
  });

  it('say nothing of what is missing: empty when optional, an error when the text is unknown', () => {
    expect(say('fr', 'error.PAYMENT_AMOUNT_DIFFERS.detail')).to.equal(
      "Le montant versé n'est pas celui de la taxe.",
    );
    expect(say('fr', 'error.PAYMENT_AMOUNT_DIFFERS.detail', { expected: 3600 })).to.match(
      /: 3\s?600 DH sont dus\.$/u,
    );
    expect(() => say('fr', 'no.such.text')).to.throw(MissingText, 'no.such.text');
    expect(() => say('fr', 'error')).to.throw(MissingText);
    expect(() => say('fr', 'constructor.name')).to.throw(MissingText);
  });

  it('choose the form of a number as the language does', () => {
    const forms = [0, 1, 2, 3, 11, 100].map((count) => say('ar', 'error.INVALID_INPUT.detail', { count }));
    expect(forms).to.deep.equal([
      'هناك معطيات بحاجة إلى تصحيح.',
      'هناك معطى واحد بحاجة إلى تصحيح.',
      'هناك معطيان بحاجة إلى تصحيح.',
      'هناك \u20663\u2069 معطيات بحاجة إلى تصحيح.',
      'هناك \u206611\u2069 معطى بحاجة إلى تصحيح.',
      'هناك \u2066100\u2069 معطى بحاجة إلى تصحيح.',
    ]);
    expect([0, 1, 2].map((count) => say('fr', 'error.INVALID_INPUT.detail', { count }))).to.deep.equal([
      'Il y a 0 point à corriger.',
      'Il y a 1 point à corriger.',
      'Il y a 2 points à corriger.',
    ]);
  });

  it('keep numbers and codes readable inside Arabic, and leave Arabic names alone', () => {
    const number = '01.151.01.01-PC-2026-00412';
    expect(say('ar', 'notification.receiptIssued.body', { number })).to.include(`\u2066${number}\u2069`);
    expect(say('fr', 'notification.receiptIssued.body', { number })).not.to.match(/[\u2066-\u2069]/);
    const message = 'المرجو الجواب';
    expect(say('ar', 'notification.agencyPrompted.body', { number, message })).to.include(`: ${message}`);
  });

  it('say dates of Morocco with Latin digits', () => {
    const at = Date.UTC(2026, 10, 23, 23, 30);
    expect(say('fr', 'page.verify.date', { at })).to.equal('24 novembre 2026');
    expect(say('ar', 'page.verify.date', { at })).to.equal('24 نونبر 2026');
  });

  it('refuse a message that is not well formed', () => {
    for (const text of ['{a', '{a, plural, one {x}}', '{a, wrong}', 'a}', '{}', '{a, select, x {y}}']) {
      expect(() => parseMessage(text), text).to.throw(SyntaxError);
    }
  });
});

function keysOf(texts: Texts, before = ''): string[] {
  return Object.entries(texts)
    .flatMap(([key, value]) =>
      typeof value === 'string' ? [before + key] : keysOf(value, `${before}${key}.`),
    )
    .sort();
}

function placesOf(message: Message, found = new Set<string>()): Set<string> {
  for (const part of message) {
    if (typeof part === 'string') continue;
    found.add(part.name);
    if ('branch' in part) placesOf(part.branch, found);
    if ('branches' in part) for (const branch of Object.values(part.branches)) placesOf(branch, found);
  }
  return found;
}

function pluralsOf(message: Message): string[][] {
  return message.flatMap((part) => {
    if (typeof part === 'string') return [];
    if ('branch' in part) return pluralsOf(part.branch);
    if (!('branches' in part)) return [];
    const nested = Object.values(part.branches).flatMap(pluralsOf);
    return part.kind === 'plural' ? [Object.keys(part.branches), ...nested] : nested;
  });
}
