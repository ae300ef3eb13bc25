import { DomainError } from '../../domain/errors.ts';
import type { Form, ProcedureVersion } from '../../procedures/types.ts';
import type { Store } from '../../store/store.ts';
import type { Core } from '../dependencies.ts';

interface Wanted {
  id: string;
  version?: string | undefined;
}

/** Every published version of every procedure, newest first within a procedure. */
export const listProcedures = (core: Core): ReturnType<Store['procedures']['versions']> =>
  core.store.procedures.versions();

/** The version in force now, or the one whose hash is given. @throws DomainError PROCEDURE_NOT_FOUND */
export async function readProcedure(core: Core, wanted: Wanted): Promise<ProcedureVersion> {
  if (wanted.version === undefined) return core.catalog.inForce(wanted.id, core.clock.now());
  const version = await core.catalog.get(wanted.version);
  if (version.id !== wanted.id)
    throw new DomainError('PROCEDURE_NOT_FOUND', { ...wanted, version: version.hash });
  return version;
}

/** One form of a version, by its short name or by `<procedure>/<form>`. @throws DomainError PROCEDURE_NOT_FOUND */
export async function readForm(core: Core, wanted: Wanted & { form: string }): Promise<Form> {
  const version = await readProcedure(core, wanted);
  const form = version.forms[wanted.form] ?? version.forms[`${wanted.id}/${wanted.form}`];
  if (form === undefined)
    throw new DomainError('PROCEDURE_NOT_FOUND', { procedure: wanted.id, form: wanted.form });
  return form;
}
