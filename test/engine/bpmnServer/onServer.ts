import { bpmnServer } from '../../../src/engine/bpmnServer/bpmnServer.ts';
import type { EngineEffect, Interpreter } from '../../../src/engine/interpreter.ts';
import { Runner } from './runner.ts';

let interpreter: Promise<Interpreter> | null = null;

/** bpmn-server, loaded once for all tests. */
export function server(): Promise<Interpreter> {
  interpreter ??= bpmnServer();
  return interpreter;
}

/** An instance of a diagram on bpmn-server, not yet started. */
export async function onServer(xml: string): Promise<Runner> {
  const engine = await server();
  return new Runner(engine, await engine.compile(xml, 'hash'));
}

export const NOW = Date.UTC(2026, 0, 5, 9);
export const at = (now: number) => ({ now });

/** The effects of a kind, e.g. `taskCreated`, by flow node. */
export function nodesOf(effects: readonly EngineEffect[], type: EngineEffect['type']): string[] {
  return effects.flatMap((effect) => (effect.type === type && 'flowNode' in effect ? [effect.flowNode] : []));
}
