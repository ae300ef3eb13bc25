import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Person } from '../../scripts/demo/client.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import type { Office } from './office.ts';

/** The example of docs/how-to/add-a-procedure.md, as a newcomer finds it. */
export const EXAMPLE = 'docs/how-to/examples/advertising-permit';

/** The files of the example's two folders, by the path they have in a procedure. */
export async function exampleFiles(): Promise<{ path: string; content: string }[]> {
  const names = await readdir(EXAMPLE, { recursive: true });
  const files = names.filter((name) => /\.(bpmn|json)$/.test(name)).sort();
  return Promise.all(
    files.map(async (path) => ({ path, content: await readFile(join(EXAMPLE, path), 'utf8') })),
  );
}

/** Opens the account of a procedure administrator, as the office's administrator does. */
export async function openStudio(office: Office): Promise<Person> {
  const email = 'procedures@shubbak.invalid';
  const opened = await office.people.administrator.post<{ secret: string }>('/admin/accounts', {
    kind: 'person',
    email,
    name: 'Administration des procédures (démonstration)',
    nameAr: 'إدارة المساطر (تجريبي)',
    language: 'fr',
    grants: [{ role: 'procedureAdministrator', territory: '*', body: null }],
  });
  const answer = await fetch(`${office.base}/api/v1/accounts/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: opened.secret, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`could not activate ${email}: ${answer.status}`);
  return new Person(office.base, office.ledger, email, PASSWORD);
}

/** Puts a task of the registry between the check of completeness and its gateway, as an administrator would draw it. */
export function withSiteVisit(diagram: string, attributes: string): string {
  const flow = (name: string) =>
    `<bpmn:sequenceFlow id="${name}" sourceRef="VisitSite" targetRef="IsComplete" />`;
  const stage =
    /<bpmn:userTask id="CheckCompleteness"[\s\S]*?(<bpmn:categoryValueRef>[^<]*<\/bpmn:categoryValueRef>)/.exec(
      diagram,
    )?.[1];
  return diagram
    .replace(
      'id="CheckCompleteness_IsComplete" sourceRef="CheckCompleteness" targetRef="IsComplete"',
      'id="CheckCompleteness_IsComplete" sourceRef="CheckCompleteness" targetRef="VisitSite"',
    )
    .replace(
      '<bpmn:exclusiveGateway id="IsComplete"',
      `<bpmn:userTask id="VisitSite" ${attributes}>
      ${stage ?? ''}
      <bpmn:incoming>CheckCompleteness_IsComplete</bpmn:incoming>
      <bpmn:outgoing>VisitSite_IsComplete</bpmn:outgoing>
    </bpmn:userTask>
    ${flow('VisitSite_IsComplete')}
    <bpmn:exclusiveGateway id="IsComplete"`,
    )
    .replace(
      /(<bpmn:exclusiveGateway id="IsComplete"[\s\S]*?<bpmn:incoming>)CheckCompleteness_IsComplete/,
      '$1VisitSite_IsComplete',
    )
    .replace(
      '<bpmn:flowNodeRef>IsComplete</bpmn:flowNodeRef>',
      '<bpmn:flowNodeRef>IsComplete</bpmn:flowNodeRef><bpmn:flowNodeRef>VisitSite</bpmn:flowNodeRef>',
    )
    .replace(
      '</bpmndi:BPMNPlane>',
      `<bpmndi:BPMNShape id="VisitSite_di" bpmnElement="VisitSite"><dc:Bounds x="1000" y="60" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="VisitSite_IsComplete_di" bpmnElement="VisitSite_IsComplete"><di:waypoint x="1100" y="100" /><di:waypoint x="1200" y="100" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane>`,
    );
}
