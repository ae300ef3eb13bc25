import { expect } from 'chai';
import { type Command, compile, type Variables } from '../src/index.ts';
import { diagram } from './support/diagram.ts';
import { generate, seeded } from './support/generate.ts';
import { HOUR, Instance } from './support/instance.ts';
import { possible } from './support/possible.ts';

/** More of them by `DIAGRAMS=4000 npx mocha …`. */
const DIAGRAMS = Number(process.env.DIAGRAMS ?? 200);
const WALKS = 2;
const MAX_STEPS = 400;

/** How often a node was left: for a gateway, how often it fired. */
const fired = (instance: Instance, node: string) =>
  instance
    .nodes('flowNodeLeft')
    .split(' ')
    .filter((id) => id === node).length;

describe('Random walks over generated block-structured diagrams', () => {
  for (let group = 0; group < 10; group++) {
    it(`no token is lost, every walk ends, every join fires once: seeds ${group * (DIAGRAMS / 10)}…`, async () => {
      for (let seed = (group * DIAGRAMS) / 10; seed < ((group + 1) * DIAGRAMS) / 10; seed++) {
        const random = seeded(seed);
        const { body, declarations, joins } = generate(random);
        const definition = await compile(diagram(body, declarations));
        for (let walk = 0; walk < WALKS; walk++) {
          const instance = new Instance(definition);
          const roll = (): Variables => ({ choice: random(4) });
          instance.do({
            type: 'start',
            variables: { ...roll(), size: random(4), names: ['x', 'y'].slice(random(3)) },
          });
          for (let steps = 0; instance.status === 'active'; steps++) {
            const where = `seed ${seed}, walk ${walk}, step ${steps}`;
            expect(steps, where).to.be.lessThan(MAX_STEPS);
            expect(instance.incidents, where).to.equal('');
            const commands = possible(instance, steps < 100 ? roll() : { choice: 3 });
            expect(commands, `${where}: something can be done`).not.to.have.length(0);
            instance.now += HOUR;
            instance.do(commands[random(commands.length)] as Command);
          }
          expect(instance.status).to.equal('completed');
          // What a boundary event, an event sub-process or a cancelled transaction ends, no join waits for.
          const interrupted = /(?:^| )[bhq]\d/.test(instance.trace);
          for (const [split, join] of joins) {
            const [opened, closed] = [fired(instance, split), fired(instance, join)];
            if (interrupted) expect(closed, `seed ${seed}: ${join}`).to.be.at.most(opened);
            else expect(closed, `seed ${seed}: ${join}`).to.equal(opened);
          }
        }
      }
    });
  }
});
