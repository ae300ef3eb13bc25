import { DomainError } from '../../domain/errors.ts';
import type { Body } from '../../domain/party.ts';
import type { Core } from '../dependencies.ts';

/** What the use cases about bodies need. */
export type BodyDependencies = Pick<Core, 'store' | 'clock' | 'realNow' | 'territories'>;

const IDENTIFIER = /^[A-Za-z0-9_-]{1,60}$/;

/** Refuses a body without a usable identifier or a known territory. @throws DomainError INVALID_INPUT, TERRITORY_NOT_FOUND */
export function checkBody(deps: Pick<BodyDependencies, 'territories'>, body: Body): void {
  if (!IDENTIFIER.test(body.id)) throw invalid('/id', 'pattern');
  if (body.territories.length === 0) throw invalid('/territories', 'minItems');
  for (const code of body.territories) if (code !== '*') deps.territories.get(code);
}

const invalid = (field: string, rule: string) =>
  new DomainError('INVALID_INPUT', { errors: [{ field, rule, params: {} }] });
