import type { RunnableDefinition } from '../../../src/engine/definitions.ts';

const name = { ar: 'ا', fr: 'a' };

/** A diagram whose user tasks mean nothing in particular; those called `Applicant…` are the applicant's. */
export function runnable(hash: string, diagram: string): RunnableDefinition {
  const tasks = [...diagram.matchAll(/<bpmn:userTask id="(\w+)"/g)].map(([, flowNode = '']) => flowNode);
  return {
    hash,
    diagram,
    tasks: Object.fromEntries(
      tasks.map((flowNode) => [
        flowNode,
        {
          flowNode,
          name,
          roles: ['registryOfficer'],
          body: null,
          form: null,
          handler: null,
          limit: null,
          article: null,
          party: flowNode.startsWith('Applicant') ? 'applicant' : 'administration',
        },
      ]),
    ),
    services: {},
  };
}
