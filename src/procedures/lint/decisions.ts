import { problem } from '../problems.ts';
import type { DecisionTable, KnownNames, Problem, ProcedureSettings } from '../types.ts';
import type { Rule } from './subject.ts';

type Use = keyof ProcedureSettings['decisions'];

/** What the product reads of each table. */
const USES: Record<Use, { hitPolicy: DecisionTable['hitPolicy']; outputs: string[]; optional?: string[] }> = {
  classification: { hitPolicy: 'FIRST', outputs: ['size', 'article'] },
  committee: { hitPolicy: 'FIRST', outputs: ['kind', 'secretariatKind'] },
  members: { hitPolicy: 'COLLECT', outputs: ['kind', 'binding'] },
  tax: {
    hitPolicy: 'FIRST',
    outputs: ['rate', 'coveredM2', 'overhangM2', 'fixed', 'exemption'],
    optional: ['rateRange'],
  },
};

/** The tables without which a service cannot do its work. */
const NEEDED: Record<string, Use[]> = { conveneCommittee: ['committee', 'members'], computeTax: ['tax'] };

/**
 * Each table that the settings name exists with the outputs that are read, its kinds of body are known, and none is idle;
 * a service of the diagram finds the tables that it reads.
 */
export const decisions: Rule = ({ version, known }) => {
  const problems: Problem[] = [];
  const named = version.settings.decisions;
  for (const use of Object.keys(USES) as Use[]) {
    const id = named[use];
    if (id === undefined) continue;
    const table = Object.hasOwn(version.decisions, id) ? version.decisions[id] : undefined;
    if (table === undefined) problems.push(fault(id, 'absente', 'غير موجود', 'does not exist'));
    else problems.push(...useFaults(table, use), ...kindFaults(table, use, known));
  }
  for (const { flowNode, handler } of Object.values(version.services)) {
    const absent = (NEEDED[handler] ?? []).filter((use) => named[use] === undefined);
    problems.push(...absent.map((use) => needed(flowNode, handler, use)));
  }
  const idle = Object.keys(version.decisions).filter((id) => !Object.values(named).includes(id));
  return [...problems, ...idle.map((id) => fault(id, 'inutilisée', 'غير مستعمل', 'is not used'))];
};

function useFaults(table: DecisionTable, use: Use): Problem[] {
  const { hitPolicy, outputs, optional = [] } = USES[use];
  const problems: Problem[] = [];
  if (table.hitPolicy !== hitPolicy) {
    problems.push(
      fault(
        table.id,
        `politique ${hitPolicy} attendue`,
        `السياسة المنتظرة ${hitPolicy}`,
        `needs hit policy ${hitPolicy}`,
      ),
    );
  }
  const found = table.outputs.map(({ name }) => name).filter((name) => !optional.includes(name));
  if (outputs.toSorted().join() !== found.toSorted().join()) {
    const list = outputs.join(', ');
    problems.push(
      fault(
        table.id,
        `sorties attendues : ${list}`,
        `المخرجات المنتظرة: ${list}`,
        `needs the outputs ${list}`,
      ),
    );
  }
  return problems;
}

/** Kinds of body are written as texts, so that they can be checked here. */
function kindFaults(table: DecisionTable, use: Use, { bodyKinds }: KnownNames): Problem[] {
  const columns = use === 'committee' ? ['kind', 'secretariatKind'] : use === 'members' ? ['kind'] : [];
  return columns.flatMap((name) => {
    const at = table.outputs.findIndex((output) => output.name === name);
    if (at < 0) return [];
    return table.rows
      .map(({ id, then }) => ({ id, kind: /^"(\w+)"$/.exec(then[at] ?? '')?.[1] }))
      .filter(({ kind }) => kind === undefined || !bodyKinds.has(kind))
      .map(({ id }) =>
        fault(
          table.id,
          `organisme inconnu à la ligne ${id}`,
          `جهة غير معروفة في السطر ${id}`,
          `has an unknown kind of body in row ${id}`,
        ),
      );
  });
}

const needed = (flowNode: string, handler: string, use: Use): Problem =>
  problem(
    'decisions',
    flowNode,
    `${flowNode} : le traitement ${handler} a besoin d’une table de décision « ${use} » (procedure.json, decisions).`,
    `${flowNode}: تحتاج المعالجة ${handler} إلى جدول قرار «${use}» (procedure.json، decisions).`,
    `${flowNode}: the handler ${handler} needs a decision table “${use}” (procedure.json, decisions).`,
  );

const fault = (table: string, fr: string, ar: string, en: string): Problem =>
  problem(
    'decisions',
    table,
    `Table de décision ${table} : ${fr}.`,
    `جدول القرار ${table}: ${ar}.`,
    `Decision table ${table} ${en}.`,
  );
