import { DomainError } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import type { Role } from '../domain/party.ts';
import { contentHash } from './contentHash.ts';
import { type Diagram, type DiagramNode, readDiagram, UnreadableDiagram } from './diagram.ts';
import { problem } from './problems.ts';
import { shapeProblems } from './sourceShape.ts';
import type {
  Problem,
  ProcedureSource,
  ProcedureVersion,
  ServiceDefinition,
  TaskDefinition,
} from './types.ts';

/**
 * Makes a version of a procedure, addressed by the hash of its content, with the tasks, services and names that its
 * diagram holds. It may still break rules: `lintProcedure` says which.
 * @throws DomainError PROCEDURE_REFUSED when its files cannot even be read
 */
export async function buildVersion(
  source: ProcedureSource,
  published: { publishedAt: number; publishedBy: string; note: string },
): Promise<ProcedureVersion> {
  const problems = shapeProblems(source);
  if (problems.length > 0) throw refused(problems);
  const { nodes } = await readOrRefuse(source.diagram);
  const { id, settings, diagram, forms, decisions } = source;
  return {
    hash: contentHash(source),
    id,
    settings,
    diagram,
    forms,
    decisions,
    tasks: byFlowNode(nodes.filter(({ type }) => type === 'UserTask').map(taskOf)),
    services: byFlowNode(nodes.filter(({ type }) => SERVICES.includes(type)).map(serviceOf)),
    names: Object.fromEntries(nodes.map((node) => [node.id, node.name])),
    ...published,
    inForceFrom: settings.inForceFrom,
  };
}

const SERVICES = ['ServiceTask', 'SendTask'];

/** The refusal of a publication, with all that is wrong. */
export function refused(problems: Problem[]): DomainError {
  return new DomainError('PROCEDURE_REFUSED', { problems: problems as unknown as Json });
}

async function readOrRefuse(xml: string): Promise<Diagram> {
  try {
    return await readDiagram(xml);
  } catch (error) {
    if (!(error instanceof UnreadableDiagram)) throw error;
    const { message } = error;
    throw refused([
      problem(
        'readable',
        null,
        `Le diagramme ne se lit pas : ${message}`,
        `تعذرت قراءة الرسم: ${message}`,
        `The diagram cannot be read: ${message}`,
      ),
    ]);
  }
}

function taskOf({ id, name, attributes }: DiagramNode): TaskDefinition {
  return {
    flowNode: id,
    name,
    roles: split(attributes['camunda:candidateGroups']) as Role[],
    body: attributes['permit:body'] ?? null,
    form: attributes['camunda:formKey'] ?? null,
    handler: attributes['permit:handler'] ?? null,
    limit: limitOf(attributes),
    article: attributes['permit:article'] ?? null,
    party: attributes['permit:party'] === 'applicant' ? 'applicant' : 'administration',
  };
}

function serviceOf({ id, name, attributes }: DiagramNode): ServiceDefinition {
  return {
    flowNode: id,
    name,
    handler: attributes['permit:handler'] ?? '',
    template: attributes['permit:template'] ?? null,
  };
}

function limitOf(attributes: Record<string, string>): TaskDefinition['limit'] {
  const amount = attributes['permit:limit'];
  if (amount === undefined) return null;
  const calendar = attributes['permit:calendar'] === 'calendarDays' ? 'calendarDays' : 'workingDays';
  return { amount, calendar };
}

const split = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function byFlowNode<T extends { flowNode: string }>(items: T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.flowNode, item]));
}
