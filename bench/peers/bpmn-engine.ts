import { readFileSync } from 'node:fs';
import { Engine } from 'bpmn-engine';
import { contend, SEQUENCE, silence, TASKS } from '../support/contestant.ts';
import { serialize } from './serialize.ts';

silence();
const sourceContext = await serialize(readFileSync(SEQUENCE, 'utf8'));

await contend(async () => {
  let engine = new Engine({ name: 'bench', sourceContext });
  let execution = await engine.execute();
  for (let task = 1; task <= TASKS; task++) {
    const saved = JSON.stringify(await execution.getState());
    await engine.stop();
    engine = new Engine({ name: 'bench' });
    engine.recover(JSON.parse(saved));
    execution = await engine.resume();
    execution.signal({ id: `Task${task}` });
  }
  JSON.stringify(await execution.getState());
  if (engine.state !== 'idle') throw new Error(`the instance is ${engine.state}`);
});
