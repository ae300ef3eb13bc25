import { readFileSync } from 'node:fs';
import { compile, type Effect, step } from '@shubbak/bpmn-core';
import { contend, SEQUENCE, silence, TASKS } from '../support/contestant.ts';

silence();
const definition = await compile(readFileSync(SEQUENCE, 'utf8'));

const taskIn = (effects: Effect[]): string => {
  for (const effect of effects) if (effect.type === 'taskCreated') return effect.id;
  throw new Error('no task was created');
};

await contend(() => {
  let result = step(definition, null, { type: 'start' }, { now: Date.now() });
  let saved = JSON.stringify(result.state);
  for (let task = 0; task < TASKS; task++) {
    const id = taskIn(result.effects);
    result = step(definition, JSON.parse(saved), { type: 'completeTask', id }, { now: Date.now() });
    saved = JSON.stringify(result.state);
  }
  if (JSON.parse(saved).status !== 'completed') throw new Error('the instance has not completed');
});
