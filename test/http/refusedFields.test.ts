import { expect } from 'chai';
import { DomainError, type ErrorCode } from '../../src/domain/errors.ts';
import { LANGUAGES } from '../../src/domain/json.ts';
import { problemOf } from '../../src/http/problem.ts';
import { createTranslate } from '../../src/locales/translate.ts';

/** The refusals of the procedure, with the field each is about. */
const REFUSALS: [ErrorCode, string, Record<string, string | number>][] = [
  ['PROJECT_IS_LARGE', '/project', { rule: 'receivesPublic', article: 'RGC, annexe 2' }],
  ['ARCHITECT_SIGNATURE_MISSING', '/architectSignature', {}],
  ['COMPLEMENT_ALREADY_REQUESTED', '/complete', { round: 1 }],
  ['COMPLEMENT_PIECE_NOT_LISTED', '/missing/0/piece', { field: '/missing/0/piece', piece: 'x' }],
  ['REQUESTED_PIECE_MISSING', '/documents', { piece: 'seismicCertificate' }],
  ['NEW_PLANS_MISSING', '/documents', { round: 2 }],
  ['REMARK_TARGET_UNKNOWN', '/remarks/2', { field: '/remarks/2', page: 9 }],
  ['REASON_MISSING', '/remarks', { field: '/remarks' }],
  ['BINDING_OPINION_MISSING', '/choice', {}],
  ['BINDING_OPINION_UNFAVOURABLE', '/choice', {}],
  ['RESERVES_NOT_LIFTED', '/choice', {}],
  ['NO_RESERVES', '/choice', {}],
  ['PAYMENT_AMOUNT_DIFFERS', '/amount', { expected: 5950, given: 1 }],
  ['RECEIPT_ALREADY_USED', '/receipt', {}],
  ['UNKNOWN_PIECE', '/piece', { piece: 'x' }],
  ['UNSUPPORTED_FILE_TYPE', '/file', {}],
];

describe('refusals by a rule of the procedure', () => {
  const translate = createTranslate();
  for (const [code, field, details] of REFUSALS) {
    it(`${code} names its field and rule in three languages`, () => {
      const messages = LANGUAGES.map((language) => {
        const problem = problemOf(new DomainError(code, details), { language, requestId: 'r', translate });
        const [error, ...others] = problem.errors ?? [];
        expect(others).to.have.length(0);
        expect(error).to.include({ field, rule: code });
        return error?.message ?? '';
      });
      for (const message of messages) expect(message).to.match(/\p{L}{3}/u);
      expect(new Set(messages).size).to.equal(LANGUAGES.length);
    });
  }
});
