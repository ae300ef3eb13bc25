import { DomainError, type FieldError } from '../domain/errors.ts';

/** Refuses what breaks its form, naming each field and rule. @throws DomainError INVALID_INPUT */
export function invalidInput(errors: FieldError[]): void {
  if (errors.length > 0)
    throw new DomainError('INVALID_INPUT', { errors: errors.map((error) => ({ ...error })) });
}
