import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/json.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { RefusedDefinition } from '../../src/engine/interpreter.ts';
import { server } from './bpmnServer/onServer.ts';
import { randomDiagram } from './bpmnServer/randomDiagram.ts';
import { Runner } from './bpmnServer/runner.ts';
import { type Random, seeded, type Walked, type WalkOptions, walkTogether } from './bpmnServer/walk.ts';

const PERMIT = new URL('../../processes/building-permit-small/building-permit-small.bpmn', import.meta.url);

async function walk(xml: string, options: WalkOptions): Promise<Walked> {
  const core = bpmnCore();
  const other = await server();
  return walkTogether(
    new Runner(core, await core.compile(xml, 'hash')),
    new Runner(other, await other.compile(xml, 'hash')),
    options,
  );
}

/** What the tasks and jobs of the permit bring; now and then something no gateway expects. */
function permitVariables(random: Random): JsonObject {
  const decision = ['deliver', 'liftReserves', 'modify', 'modify', 'refuse', 'sendBack'][random(6)] ?? '';
  return {
    complete: random(40) === 0 ? 'yes' : random(3) > 0,
    decision: random(40) === 0 ? 'postpone' : decision,
    reservesLifted: random(2) === 0,
    taxDue: random(3) === 0 ? 0 : 120,
    ...(random(8) === 0 && { members: random(10) === 0 ? 'nobody' : ['works', 'heritage'].slice(random(3)) }),
  };
}

/** More of both by `npm run differential`. */
const WALKS = Number(process.env.WALKS ?? 200);
const DIAGRAMS = Number(process.env.DIAGRAMS ?? 60);
const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['processes', 'docs/how-to/examples/advertising-permit/processes'];

/** The diagrams of all procedures there are, by name. */
const PROCEDURES = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(folder, ROOT)).map((name) => ({
    name,
    xml: readFileSync(new URL(`${folder}/${name}/${name}.bpmn`, ROOT), 'utf8'),
  })),
);

describe('bpmn-core and bpmn-server', function () {
  this.timeout(0);

  for (const { name, xml } of PROCEDURES) {
    it(`give the same trace on random walks through ${name}, or say what keeps it out`, async () => {
      const refused = await (await server()).compile(xml, 'hash').catch((error: unknown) => error);
      if (refused instanceof RefusedDefinition) {
        const constructs = refused.refusals.map(({ params, rule }) => params.construct ?? rule);
        process.stderr.write(
          `    ${name} is outside the profile of bpmn-server: ${[...new Set(constructs)].join(', ')}\n`,
        );
        return;
      }
      for (let seed = 1; seed <= Math.ceil(WALKS / 10); seed++) {
        const random = seeded(seed);
        const start = { missingPieces: [], members: ['commune', 'works'].slice(random(3)) };
        const { trace } = await walk(xml, { random, start, variables: permitVariables, maxSteps: 150 });
        expect(trace).not.to.deep.equal([]);
      }
    });
  }

  it(`give the same trace on ${WALKS} random walks through the building permit, and have been everywhere`, async () => {
    // given
    const xml = readFileSync(PERMIT, 'utf8');
    const entered = new Map<string, number>();
    let rounds = 0;
    let largest = 0;

    // when
    for (let seed = 1; seed <= WALKS; seed++) {
      const random = seeded(seed);
      const { trace, largestState } = await walk(xml, {
        random,
        start: {
          missingPieces: random(10) === 0 ? ['plan'] : [],
          members: ['commune', 'prefecture', 'works', 'heritage'].slice(random(4)),
        },
        variables: permitVariables,
        maxSteps: 150,
      });
      const nodes = trace.filter((line) => line.startsWith('flowNodeEntered ')).map((line) => line.slice(16));
      for (const node of nodes) entered.set(node, (entered.get(node) ?? 0) + 1);
      rounds = Math.max(rounds, nodes.filter((node) => node === 'OpinionsGathered').length / 2);
      largest = Math.max(largest, largestState);
    }

    // then: the walks have been everywhere, round after round, and the state has stayed small
    const { nodes } = await bpmnCore().compile(xml, 'hash');
    expect([...entered.keys()]).to.have.members(Object.keys(nodes));
    expect(rounds).to.be.at.least(4);
    expect(largest).to.be.below(3_000);
  });

  it(`give the same trace on random walks through ${DIAGRAMS} random diagrams`, async () => {
    // given
    const seen = new Set<string>();

    // when
    for (let seed = 1; seed <= DIAGRAMS; seed++) {
      const random = seeded(seed);
      const { xml, messages } = randomDiagram(random);
      for (let round = 0; round < 2; round++) {
        const { trace } = await walk(xml, {
          random,
          messages,
          start: { k: 0, members: ['a', 'b', 'c'].slice(random(4)) },
          variables: (draw) => ({
            k: draw(30) === 0 ? 'odd' : draw(3),
            ...(draw(10) === 0 && { members: draw(4) === 0 ? 'none' : ['x', { y: 1 }] }),
          }),
          maxSteps: 80,
        });
        for (const line of trace) seen.add(line.split(' ')[0] ?? '');
      }
    }

    // then: every kind of effect has been compared
    expect([...seen]).to.include.members([
      'taskCreated',
      'taskCompleted',
      'taskCancelled',
      'jobRequested',
      'jobCompleted',
      'jobCancelled',
      'timerScheduled',
      'timerFired',
      'timerCancelled',
      'messageSent',
      'incidentRaised',
      'incidentResolved',
      'flowNodeEntered',
      'flowNodeLeft',
      'endEventReached',
      'instanceEnded',
      'rejected',
    ]);
  });
});
