import type { Definition as CoreDefinition } from '@shubbak/bpmn-core';
import type { Definition, Execution } from 'bpmn-server';
import type { CompiledDefinition } from '../interpreter.ts';

/** A diagram as bpmn-server reads it; executions share it and never change it. */
export type Model = Pick<Definition, 'processes' | 'nodes' | 'flows' | 'accessRules'>;

/** A diagram that has been checked against the profile and read by bpmn-server. */
export interface ServerDefinition extends CompiledDefinition {
  readonly engine: 'bpmn-server';
  readonly core: CoreDefinition;
  readonly model: Model;
}

export function isServerDefinition(definition: CompiledDefinition): definition is ServerDefinition {
  return 'engine' in definition && definition.engine === 'bpmn-server';
}

/** The embedded engine, as far as steps use it. */
export interface Embedded {
  engine: {
    start(name: string, data: object): Promise<Execution>;
    get(query: object): Promise<Execution>;
  };
  read(name: string, xml: string): Promise<Model>;
}
