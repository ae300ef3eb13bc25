import { createHash } from 'node:crypto';
import { compileValidator } from '../../procedures/compileValidator.ts';
import type { Core } from '../dependencies.ts';
import { readForm } from './readProcedures.ts';

/** A form's rules as an ES module, and the digest of the schema they come from. */
export interface FormValidator {
  code: string;
  digest: string;
}

/** Compiling takes a moment and forms of published versions never change: each is compiled once. */
const MOST_KEPT = 200;
const kept = new Map<string, Promise<string>>();

/** The rules of one form of a version, for the page that shows it. @throws DomainError PROCEDURE_NOT_FOUND */
export async function readFormValidator(
  core: Core,
  wanted: { id: string; version?: string | undefined; form: string },
): Promise<FormValidator> {
  const { schema } = await readForm(core, wanted);
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex');
  let code = kept.get(digest);
  if (code === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear();
    code = compileValidator(schema);
    kept.set(digest, code);
    code.catch(() => kept.delete(digest));
  }
  return { code: await code, digest };
}
