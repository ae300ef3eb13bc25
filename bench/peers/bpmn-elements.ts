import { readFileSync } from 'node:fs';
import { Context, Definition, Environment } from 'bpmn-elements';
import { contend, SEQUENCE, silence, TASKS } from '../support/contestant.ts';
import { serialize } from './serialize.ts';

silence();
const source = await serialize(readFileSync(SEQUENCE, 'utf8'));
const quiet = () => ({ debug() {}, error() {}, warn() {} });
const open = () => new Definition(Context(source, new Environment({ Logger: quiet })));

await contend(() => {
  let definition = open();
  definition.run();
  for (let task = 1; task <= TASKS; task++) {
    const saved = JSON.stringify(definition.getState());
    definition.stop();
    definition = open();
    definition.recover(JSON.parse(saved));
    definition.resume();
    definition.signal({ id: `Task${task}` });
  }
  JSON.stringify(definition.getState());
  if (definition.isRunning) throw new Error('the instance still runs');
});
