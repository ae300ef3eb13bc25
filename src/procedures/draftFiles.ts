import type { JsonObject } from '../domain/json.ts';
import type { DraftFile } from './draft.ts';
import { problem } from './problems.ts';
import type { DecisionTable, Form, Problem, ProcedureSettings, ProcedureSource } from './types.ts';

/** The most that a draft may hold, so that reading and checking one stays quick. */
export const DRAFT_LIMITS = { files: 400, characters: 3_000_000 } as const;

const PROCESS = /^processes\/([a-z][a-z0-9-]{0,60})\/(.+)$/;
const INSIDE =
  /^(?:([a-z][a-z0-9-]{0,60})\.bpmn|procedure\.json|(?:decisions|cases)\/[A-Za-z0-9_-]{1,80}\.json)$/;
const FORM = /^forms\/([a-z][a-z0-9-]{0,60}\/[a-z][a-z0-9-]{0,60})\.(schema|ui|ar|fr|en)\.json$/;

/** Tells whether a procedure's folders have a place for a file. */
export function isDraftPath(procedure: string, path: string): boolean {
  if (FORM.test(path)) return true;
  const [, folder, name = ''] = PROCESS.exec(path) ?? [];
  const [, diagram] = INSIDE.exec(name) ?? [];
  return folder === procedure && INSIDE.test(name) && (diagram === undefined || diagram === procedure);
}

/** The procedure that a set of files is about: the folder under `processes/` that holds its diagram; null when none does. */
export function procedureOf(paths: string[]): string | null {
  const [, folder] =
    paths.map((path) => PROCESS.exec(path)).find((found) => found?.[2]?.endsWith('.bpmn')) ?? [];
  return folder ?? null;
}

/** The files that a procedure would be in the two folders it ships in. */
export function filesOf(source: ProcedureSource): DraftFile[] {
  const { id, settings, diagram, forms, decisions } = source;
  const json = (path: string, value: object): DraftFile => ({
    path,
    content: `${JSON.stringify(value, null, 2)}\n`,
  });
  return [
    { path: diagramPath(id), content: diagram },
    json(settingsPath(id), settings),
    ...Object.entries(decisions).map(([name, table]) =>
      json(`processes/${id}/decisions/${name}.json`, table),
    ),
    ...Object.values(forms).flatMap((form) => [
      json(`forms/${form.id}.schema.json`, form.schema),
      json(`forms/${form.id}.ui.json`, form.ui),
      ...(['ar', 'fr', 'en'] as const).map((language) =>
        json(`forms/${form.id}.${language}.json`, form.texts[language]),
      ),
    ]),
  ];
}

export const diagramPath = (id: string): string => `processes/${id}/${id}.bpmn`;
export const settingsPath = (id: string): string => `processes/${id}/procedure.json`;

/**
 * Puts a draft's files together. `found` gives forms of other procedures that the diagram names and the draft does not
 * hold. What cannot be put together is told as problems, and then there is no source.
 */
export function sourceOf(
  draft: { procedure: string; files: DraftFile[] },
  found: (form: string) => Form | undefined,
): { source: ProcedureSource | null; problems: Problem[] } {
  const { procedure: id, files } = draft;
  const problems: Problem[] = [];
  const text = (path: string): string | undefined => files.find((file) => file.path === path)?.content;
  const parsed = <T>(path: string): T | undefined => {
    const content = text(path);
    if (content === undefined) problems.push(absent(path));
    else {
      try {
        return JSON.parse(content) as T;
      } catch (error) {
        problems.push(broken(path, (error as Error).message));
      }
    }
    return undefined;
  };
  const diagram = text(diagramPath(id));
  if (diagram === undefined) problems.push(absent(diagramPath(id)));
  const settings = parsed<ProcedureSettings>(settingsPath(id));
  const decisions: Record<string, DecisionTable> = {};
  for (const { path } of files) {
    const [, name] = /\/decisions\/(.+)\.json$/.exec(path) ?? [];
    const table = name === undefined ? undefined : parsed<DecisionTable>(path);
    if (name !== undefined && table !== undefined) decisions[name] = table;
  }
  const forms: Record<string, Form> = {};
  for (const form of formsOf(files)) {
    const [schema, ui, ar, fr, en] = ['schema', 'ui', 'ar', 'fr', 'en'].map((part) =>
      parsed<JsonObject>(`forms/${form}.${part}.json`),
    );
    if (schema && ui && ar && fr && en) forms[form] = { id: form, schema, ui, texts: { ar, fr, en } };
  }
  for (const form of formKeys(diagram ?? '')) {
    const other = Object.hasOwn(forms, form) ? undefined : found(form);
    if (other !== undefined) forms[form] = other;
  }
  if (problems.length > 0 || diagram === undefined || settings === undefined) {
    return { source: null, problems };
  }
  const sorted = Object.fromEntries(Object.entries(forms).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { source: { id, settings, diagram, forms: sorted, decisions }, problems: [] };
}

/** The forms that a diagram names, `<procedure>/<form>`. */
export function formKeys(diagram: string): string[] {
  const keys = [...diagram.matchAll(/camunda:formKey="([a-z0-9-]{1,61}\/[a-z0-9-]{1,61})"/g)];
  return [...new Set(keys.map(([, key]) => key as string))];
}

const formsOf = (files: DraftFile[]): string[] => [
  ...new Set(files.flatMap(({ path }) => FORM.exec(path)?.[1] ?? [])),
];

const absent = (path: string): Problem =>
  problem('files', path, `Le fichier ${path} manque.`, `الملف ${path} ناقص.`, `The file ${path} is missing.`);

const broken = (path: string, why: string): Problem =>
  problem(
    'files',
    path,
    `Le fichier ${path} n’est pas du JSON : ${why}`,
    `الملف ${path} ليس JSON سليما: ${why}`,
    `The file ${path} is not JSON: ${why}`,
  );
