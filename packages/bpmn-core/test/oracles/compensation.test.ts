import { expect } from 'chai';
import { type Command, compile } from '../../src/index.ts';
import { CompensationOracle } from '../support/compensationOracle.ts';
import { diagram } from '../support/diagram.ts';
import { seeded } from '../support/generate.ts';
import { Instance } from '../support/instance.ts';
import { drawUndoables } from '../support/undoables.ts';

/** More of them by `UNDOABLES=20000 npx mocha …`. */
const UNDOABLES = Number(process.env.UNDOABLES ?? 60);
const WALKS = 2;
const MAX_STEPS = 200;

describe('Compensation against an oracle from what was completed (clauses 10.7 and 13.5.5)', function () {
  this.timeout(30_000 + UNDOABLES * 60);
  const seen = { walks: 0, steps: 0, undone: 0, ended: 0 };

  for (let group = 0; group < 4; group++) {
    it(`what is undone, in which order and where, is what was completed: seeds ${(group * UNDOABLES) / 4}…`, async () => {
      for (let seed = (group * UNDOABLES) / 4; seed < ((group + 1) * UNDOABLES) / 4; seed++) {
        const random = seeded(seed);
        const { body, declarations, parts } = drawUndoables(random);
        const definition = await compile(diagram(body, declarations));
        for (let walk = 0; walk < WALKS; walk++) {
          const instance = new Instance(definition);
          const oracle = new CompensationOracle(parts);
          const act = (command: Command) => {
            const before = command.type === 'start' ? null : instance.state;
            try {
              oracle.follow(before, command, instance.do(command), instance.state);
            } catch (error) {
              throw new Error(`seed ${seed}, walk ${walk}: ${error}\n${instance.trace}`, { cause: error });
            }
          };
          act({ type: 'start', variables: { choice: 1 } });
          for (let steps = 0; instance.status === 'active' && steps < MAX_STEPS; steps++) {
            const tasks = instance.state.tokens.flatMap(({ waiting, work }) =>
              waiting === 'task' && work !== undefined ? [work] : [],
            );
            const names = instance.state.subscriptions.flatMap((one) =>
              one.kind === 'message' ? [one.name] : [],
            );
            const name = random(6) === 0 && steps < 60 ? names[random(names.length || 1)] : undefined;
            const id = tasks[random(tasks.length || 1)];
            if (name !== undefined) act({ type: 'correlateMessage', name, variables: { choice: random(4) } });
            else if (id !== undefined) act({ type: 'completeTask', id, variables: { choice: random(4) } });
            else throw new Error(`seed ${seed}, walk ${walk}: nothing can be done\n${instance.trace}`);
            expect(instance.incidents, `seed ${seed}, walk ${walk}`).to.equal('');
            seen.steps++;
          }
          seen.walks++;
          seen.undone += oracle.predicted;
          if (instance.status === 'completed') seen.ended++;
        }
      }
    });
  }

  it('enough is undone', () => {
    expect(seen.undone, JSON.stringify(seen)).to.be.greaterThan(seen.walks);
    expect(seen.ended / seen.walks, JSON.stringify(seen)).to.be.greaterThan(0.8);
    if (process.env.UNDOABLES !== undefined) console.log(`      ${JSON.stringify(seen)}`);
  });
});
