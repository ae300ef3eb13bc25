import { expect } from 'chai';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { EngineCommand, EngineEffect } from '../../../src/engine/interpreter.ts';
import { commandFor, type Open, type Runner } from './runner.ts';
import { canonicalTrace } from './trace.ts';

/** A random number below `limit`, always the same for the same seed. */
export type Random = (limit: number) => number;

/** The generator mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

export interface WalkOptions {
  random: Random;
  start: JsonObject;
  /** What a task or job brings when it is completed. */
  variables(random: Random, done: Open): JsonObject;
  maxSteps: number;
  messages?: string[];
}

export interface Walked {
  steps: number;
  trace: string[];
  largestState: number;
}

/**
 * Takes the same random walk on two engines and expects the same trace of every step; also repeats, now and then, what
 * has been done already, and expects the same rejection.
 */
export async function walkTogether(left: Runner, right: Runner, options: WalkOptions): Promise<Walked> {
  const { random } = options;
  const walked: Walked = { steps: 0, trace: [], largestState: 0 };
  let now = Date.UTC(2026, 0, 5, 9);
  let last: [EngineCommand, EngineCommand] | null = null;

  async function both(pair: [EngineCommand, EngineCommand]): Promise<void> {
    const context = { now };
    const told = await left.attempt(pair[0], context);
    const answered = await right.attempt(pair[1], context);
    const expected = traceOf(told);
    const where = `step ${walked.steps}: ${JSON.stringify(pair[0])}\nafter ${walked.trace.slice(-40).join('\n')}`;
    expect(traceOf(answered), where).to.deep.equal(expected);
    walked.trace.push(`# ${pair[0].type}`, ...expected);
    walked.largestState = Math.max(walked.largestState, JSON.stringify(right.state).length);
  }

  await both([
    { type: 'start', variables: options.start },
    { type: 'start', variables: options.start },
  ]);
  let stuck = 0;
  while (!left.ended && walked.steps < options.maxSteps && stuck < 3) {
    stuck = left.open.every(({ kind }) => kind === 'incident') ? stuck + 1 : 0;
    walked.steps++;
    now += 1_000 * (1 + random(100_000));
    if (last !== null && random(10) === 0) await both(last);
    const message = options.messages?.[random(4 * options.messages.length)];
    if (message !== undefined) {
      const command: EngineCommand = {
        type: 'correlateMessage',
        name: message,
        variables: { [message]: now },
      };
      await both([command, command]);
      continue;
    }
    const choices = left.choices();
    const others = right.choices();
    // Timers are a third as likely as the rest, so that work is done before it is late.
    const index = pick(choices, random);
    const chosen = choices[index];
    const other = others[index];
    if (chosen === undefined || other === undefined) break;
    const variables = options.variables(random, chosen);
    last = [commandFor(chosen, variables), commandFor(other, variables)];
    await both(last);
  }
  if (left.ended && last !== null) await both(last);
  return walked;
}

const traceOf = (outcome: EngineEffect[] | string): string[] =>
  typeof outcome === 'string' ? [`rejected ${outcome}`] : canonicalTrace(outcome);

function pick(choices: readonly Open[], random: Random): number {
  const index = random(choices.length);
  return choices[index]?.kind === 'timer' && random(3) > 0 ? random(choices.length) : index;
}
