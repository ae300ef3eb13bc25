import { setImmediate } from 'node:timers/promises';
import type { NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Incident, ProcessInstance } from '../domain/process.ts';
import { type DryRun, type DryRunOptions, dryRun } from './dryRun.ts';
import type { CompiledDefinition, Interpreter } from './interpreter.ts';

/** One dossier of a simulation: what it begins with, what its service tasks give, and what people and time do to it. */
export interface Scenario {
  /** Virtual instant, epoch ms. */
  startAt: number;
  variables: JsonObject;
  service: DryRunOptions['service'];
  /** Completes tasks and moves time on, as far as the scenario goes. */
  play(run: DryRun): Promise<void>;
}

export interface SimulationOptions
  extends Pick<DryRunOptions, 'interpreter' | 'definition' | 'dueOf' | 'timerDue' | 'evaluate'> {
  runs: number;
  /** What happens in a run, by its number from 0. */
  scenario(run: number): Scenario;
  /** Ends the simulation after the run under way. */
  signal?: AbortSignal;
}

/** How one run ended. */
export interface SimulatedRun {
  run: number;
  instance: ProcessInstance;
  /** Virtual instant at which it was left, epoch ms. */
  endedAt: number;
  events: readonly NewEvent[];
  incidents: readonly Incident[];
}

/** Longest stretch without letting others of this process work, in ms. */
const SLICE_MS = 20;

/**
 * Runs many dossiers through a process without effects: in memory, on virtual clocks, with inert handlers. Gives each as it
 * ends, so that whoever asks sees how far it is, keeps what it needs, and may stop at any time.
 */
export async function* simulate(options: SimulationOptions): AsyncGenerator<SimulatedRun, void> {
  const interpreter = compilingOnce(options.interpreter);
  let sliceEnds = performance.now() + SLICE_MS;
  for (let run = 0; run < options.runs && options.signal?.aborted !== true; run++) {
    const scenario = options.scenario(run);
    const { startAt, variables, service } = scenario;
    const simulated = await dryRun({ ...options, interpreter, startAt, variables, service });
    await scenario.play(simulated);
    const { instance, now: endedAt, events, incidents } = simulated;
    yield { run, instance, endedAt, events, incidents };
    if (performance.now() < sliceEnds) continue;
    await setImmediate();
    sliceEnds = performance.now() + SLICE_MS;
  }
}

/** Each run has a host of its own; the definition is compiled for all of them together. */
function compilingOnce(interpreter: Interpreter): Interpreter {
  const compiled = new Map<string, Promise<CompiledDefinition>>();
  return {
    ...interpreter,
    compile(xml, hash) {
      const known = compiled.get(hash) ?? interpreter.compile(xml, hash);
      compiled.set(hash, known);
      return known;
    },
  };
}
