import { expect } from 'chai';
import { type Command, CompileError, compile, type Definition } from '../../src/index.ts';
import { diagram } from '../support/diagram.ts';
import { seeded } from '../support/generate.ts';
import { Instance } from '../support/instance.ts';
import type { At } from '../support/orJoinOracle.ts';
import { leave, marking, settle } from '../support/tokenGame.ts';
import { type Drawn, drawUnstructured } from '../support/unstructured.ts';

/** More of them by `GRAPHS=20000 npx mocha …`. */
const GRAPHS = Number(process.env.GRAPHS ?? 800);
const WALKS = 2;
const MAX_STEPS = 25;
/** Loops that split make more and more tokens: a walk with so many of them is left. */
const MAX_TOKENS = 12;

/** Where the tokens of the instance are, without those inside a sub-process. */
const tokensOf = (instance: Instance): At[] =>
  instance.state.tokens
    .filter(({ scope }) => scope === undefined)
    .map(({ node, flow }) => ({ node, flow: flow ?? null }));

async function compiled({ body, declarations }: Drawn): Promise<Definition | CompileError> {
  try {
    return await compile(diagram(body, declarations));
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
}

/** What can happen next, and the tokens that rest and move when it has. */
function possible(graph: Drawn, instance: Instance, resting: readonly At[], choice: number) {
  const found: { command: Command; resting: At[]; moving: At[] }[] = [];
  const without = (node: string) => {
    const index = resting.findIndex((token) => token.node === node);
    return resting.filter((_, other) => other !== index);
  };
  for (const { waiting, work, node } of instance.state.tokens) {
    if (waiting !== 'task') continue;
    const left = node.replace(/^in_/, '');
    const command: Command = { type: 'completeTask', id: work ?? '', variables: { choice } };
    found.push({ command, resting: without(left), moving: leave(graph, left, choice) });
  }
  for (const [host, events] of graph.boundaries) {
    for (const { id, interrupting } of events) {
      if (!resting.some(({ node }) => node === host)) continue;
      const command: Command = { type: 'correlateMessage', name: `M_${id}`, variables: { choice } };
      const rest = interrupting ? without(host) : [...resting];
      found.push({ command, resting: rest, moving: leave(graph, id, choice) });
    }
  }
  return found;
}

describe('The inclusive join against an oracle from the words of clause 13.4.3', function () {
  this.timeout(30_000 + GRAPHS * 60);
  const seen = { drawn: 0, refused: 0, rests: 0, waiting: 0, deadlocks: 0 };

  for (let group = 0; group < 4; group++) {
    it(`the tokens are where clause 13.4.3 has them, on any graph: seeds ${(group * GRAPHS) / 4}…`, async () => {
      for (let seed = (group * GRAPHS) / 4; seed < ((group + 1) * GRAPHS) / 4; seed++) {
        const random = seeded(seed);
        const graph = drawUnstructured(random);
        const definition = await compiled(graph);
        seen.drawn++;
        if (definition instanceof CompileError) {
          seen.refused++;
          expect(
            definition.refusals.map(({ rule }) => rule),
            `seed ${seed}`,
          ).to.deep.equal(['cycle-without-wait']);
          continue;
        }
        for (let walk = 0; walk < WALKS; walk++)
          walkThrough(graph, definition, random, `seed ${seed}, walk ${walk}`);
      }
    });
  }

  function walkThrough(
    graph: Drawn,
    definition: Definition,
    random: (below: number) => number,
    where: string,
  ): void {
    const instance = new Instance(definition);
    let choice = random(4);
    instance.do({ type: 'start', variables: { choice } });
    let outcomes = settle(graph, [], leave(graph, 's', choice), choice);
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const is = marking(tokensOf(instance));
      expect(outcomes.map(marking), `${where}, step ${steps}: ${instance.trace}`).to.include(is);
      seen.rests++;
      if (/n\d+</.test(is)) seen.waiting++;
      if (instance.incidents !== '') seen.deadlocks++;
      const resting = outcomes.find((outcome) => marking(outcome) === is) as At[];
      choice = random(4);
      const commands = possible(graph, instance, resting, choice);
      const next = commands[random(commands.length || 1)];
      if (next === undefined || resting.length > MAX_TOKENS) return;
      instance.do(next.command);
      outcomes = settle(graph, next.resting, next.moving, choice);
    }
  }

  it('enough graphs are run, and joins do wait and do deadlock in them', () => {
    expect(seen.refused / seen.drawn, JSON.stringify(seen)).to.be.lessThan(0.75);
    expect(seen.waiting, JSON.stringify(seen)).to.be.greaterThan(GRAPHS);
    expect(seen.deadlocks, JSON.stringify(seen)).to.be.greaterThan(GRAPHS / 50);
    if (process.env.GRAPHS !== undefined) console.log(`      ${JSON.stringify(seen)}`);
  });
});
