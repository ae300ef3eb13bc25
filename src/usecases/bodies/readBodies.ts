import { DomainError } from '../../domain/errors.ts';
import type { Body } from '../../domain/party.ts';
import type { RequestContext } from '../dependencies.ts';
import type { BodyDependencies } from './checkBody.ts';

/** All bodies, open or closed; who sits where is no secret. */
export function listBodies(deps: Pick<BodyDependencies, 'store'>, _context: RequestContext): Promise<Body[]> {
  return deps.store.bodies.list();
}

/** One body. @throws DomainError BODY_NOT_FOUND */
export async function readBody(
  deps: Pick<BodyDependencies, 'store'>,
  _context: RequestContext,
  input: { id: string },
): Promise<Body> {
  const body = await deps.store.bodies.find(input.id);
  if (body === null) throw new DomainError('BODY_NOT_FOUND', { body: input.id });
  return body;
}
