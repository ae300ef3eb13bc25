import { expect } from 'chai';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { RunnableDefinition } from '../../src/engine/definitions.ts';
import { PLAIN_TIME } from '../../src/engine/replay.ts';
import { type Scenario, type SimulatedRun, simulate } from '../../src/engine/simulate.ts';
import { diagram, end, exclusive, serviceTask, start, userTask } from './bpmnServer/diagram.ts';

const definition: RunnableDefinition = {
  hash: 'simulated',
  diagram: diagram(
    start + userTask('A') + serviceTask('S') + exclusive('X', 'default="X_B"') + userTask('B') + end('E'),
    'Start -> A -> S -> X -> B -> E',
    'X -> E if size > 1',
  ),
  tasks: Object.fromEntries(
    ['A', 'B'].map((id) => [
      id,
      { roles: [], body: null, form: null, handler: null, limit: null, article: null, party: 'applicant' },
    ]),
  ) as unknown as RunnableDefinition['tasks'],
  services: { S: { handler: 'work' } } as unknown as RunnableDefinition['services'],
};

/** Completes whatever waits, and counts how often it was asked. */
function scenario(run: number, asked: number[]): Scenario {
  return {
    startAt: Date.UTC(2026, 0, 5),
    variables: { size: run % 3 },
    service: () => ({ served: true }),
    async play(simulated) {
      asked.push(run);
      for (let [task] = simulated.openTasks(); task !== undefined; [task] = simulated.openTasks()) {
        await simulated.advanceTo(simulated.now + 86_400_000);
        await simulated.complete(task.id);
      }
    },
  };
}

async function all(runs: number, signal?: AbortSignal): Promise<{ ended: SimulatedRun[]; asked: number[] }> {
  const ended: SimulatedRun[] = [];
  const asked: number[] = [];
  const options = { interpreter: bpmnCore(), definition, ...PLAIN_TIME, runs };
  const simulation = simulate({
    ...options,
    scenario: (run) => scenario(run, asked),
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const one of simulation) ended.push(one);
  return { ended, asked };
}

describe('a simulation', () => {
  it('runs each dossier by its own scenario, without doing anything outside', async () => {
    const { ended } = await all(6);
    expect(ended.map(({ run, instance }) => [run, instance.status])).to.deep.equal(
      [0, 1, 2, 3, 4, 5].map((run) => [run, 'completed']),
    );
    const days = ended.map(({ endedAt }) => (endedAt - Date.UTC(2026, 0, 5)) / 86_400_000);
    expect(days, 'two tasks, or one for size 2').to.deep.equal([2, 2, 1, 2, 2, 1]);
    expect(
      ended[0]?.events.some(({ type, flowNode }) => type === 'JobCompleted' && flowNode === 'S'),
    ).to.equal(true);
  });

  it('gives the same runs again', async () => {
    const [one, other] = [await all(4), await all(4)];
    expect(JSON.stringify(other.ended)).to.equal(JSON.stringify(one.ended));
  });

  it('stops when it is asked to, and does no more than was taken', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const simulation = simulate({
      interpreter: bpmnCore(),
      definition,
      ...PLAIN_TIME,
      runs: 1_000,
      scenario: (run) => scenario(run, asked),
      signal: controller.signal,
    });
    for await (const { run } of simulation) if (run === 2) controller.abort();
    expect(asked).to.deep.equal([0, 1, 2]);
  });

  it('lets others work meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    await all(300);
    clearInterval(ticking);
    expect(turns).to.be.greaterThan(0);
  });
});
