import { expect } from 'chai';
import { DomainError, type ErrorCode } from '../../src/domain/errors.ts';

/** Expects a refusal by its code and answers it, so that its details can be looked at. */
export async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<DomainError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error, `expected ${code}`).to.be.instanceOf(DomainError);
  expect((error as DomainError).code).to.equal(code);
  return error as DomainError;
}
