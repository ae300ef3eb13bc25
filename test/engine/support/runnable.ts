import type { RunnableDefinition } from '../../../src/engine/definitions.ts';

const name = { ar: 'ا', fr: 'a' };

/** A diagram with plain meanings for its user tasks. */
export function runnable(hash: string, diagram: string, tasks: string[]): RunnableDefinition {
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
          party: 'administration',
        },
      ]),
    ),
    services: {},
  };
}
