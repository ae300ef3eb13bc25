import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainError } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import type { DecisionTable, Form, ProcedureSettings, ProcedureSource } from './types.ts';

/** Where procedures and forms lie, one folder each per procedure. */
export interface ProcedureFolders {
  processes: string;
  forms: string;
}

/** Thrown when a procedure's folder holds a file that has no business there, or one that is not JSON. */
export class ProcedureFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProcedureFileError';
  }
}

const ID = /^[a-z][a-z0-9-]{0,60}$/;

/** The procedures that ship, by folder name. */
export async function listProcedures({ processes }: Pick<ProcedureFolders, 'processes'>): Promise<string[]> {
  const entries = await readdir(processes, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Reads a procedure that ships: its diagram, settings and tables, the forms of its own folder and those of other
 * procedures that its diagram names.
 * @throws DomainError PROCEDURE_NOT_FOUND
 * @throws ProcedureFileError
 */
export async function readProcedure(root: ProcedureFolders, id: string): Promise<ProcedureSource> {
  const folder = join(root.processes, id);
  if (!ID.test(id)) throw new DomainError('PROCEDURE_NOT_FOUND', { procedure: id });
  await checkFolder(folder, id);
  const diagram = await readFile(join(folder, `${id}.bpmn`), 'utf8');
  const decisions: Record<string, DecisionTable> = {};
  for (const file of await filesOf(join(folder, 'decisions'), /^[A-Za-z0-9_-]+\.json$/)) {
    decisions[basename(file, '.json')] = await readJson(join(folder, 'decisions', file));
  }
  return {
    id,
    settings: await readJson<ProcedureSettings>(join(folder, 'procedure.json')),
    diagram,
    forms: await readForms(root.forms, id, diagram),
    decisions,
  };
}

async function checkFolder(folder: string, id: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new DomainError('PROCEDURE_NOT_FOUND', { procedure: id }, { cause });
  }
  const expected = [`${id}.bpmn`, 'procedure.json', 'decisions', 'cases'];
  const unknown = names.find((name) => !expected.includes(name));
  if (unknown !== undefined) throw new ProcedureFileError(`${folder} holds ${unknown}, which nothing reads`);
}

const FORM_FILE = /^([a-z][a-z0-9-]*)\.(schema|ui|ar|fr|en)\.json$/;

async function readForms(folder: string, id: string, diagram: string): Promise<Record<string, Form>> {
  const own = await filesOf(join(folder, id), FORM_FILE);
  const keys = new Set(own.map((file) => `${id}/${file.slice(0, file.indexOf('.'))}`));
  for (const [, key] of diagram.matchAll(/camunda:formKey="([a-z0-9-]+\/[a-z0-9-]+)"/g)) {
    // A form that does not exist is the lint's to report.
    if (key !== undefined && !key.startsWith(`${id}/`) && (await exists(folder, key))) keys.add(key);
  }
  const forms: Record<string, Form> = {};
  for (const key of [...keys].sort()) forms[key] = await readForm(folder, key);
  return forms;
}

async function exists(folder: string, key: string): Promise<boolean> {
  const [owner = '', form = ''] = key.split('/');
  return (await filesOf(join(folder, owner), FORM_FILE)).includes(`${form}.schema.json`);
}

async function readForm(folder: string, id: string): Promise<Form> {
  const part = (name: string) => readJson<JsonObject>(join(folder, `${id}.${name}.json`));
  return {
    id,
    schema: await part('schema'),
    ui: await part('ui'),
    texts: { ar: await part('ar'), fr: await part('fr'), en: await part('en') },
  };
}

/** The files of a folder, none when there is no such folder. */
async function filesOf(folder: string, pattern: RegExp): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const unknown = names.find((name) => !pattern.test(name));
  if (unknown !== undefined) throw new ProcedureFileError(`${folder} holds ${unknown}, which nothing reads`);
  return names.sort();
}

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (cause) {
    throw new ProcedureFileError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
