import type { ServiceDefinition, TaskDefinition } from '../procedures/types.ts';

/** What the host must know of a published procedure version to run it. */
export interface RunnableDefinition {
  hash: string;
  diagram: string;
  tasks: Record<string, TaskDefinition>;
  services: Record<string, ServiceDefinition>;
}

/** Finds the version an instance is pinned to. */
export type LoadDefinition = (hash: string) => Promise<RunnableDefinition>;
