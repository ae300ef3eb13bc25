import { compile, type Effect, step } from '@shubbak/bpmn-core';
import { silence } from '../../support/contestant.ts';
import { goRound, loopDiagram } from '../../support/looping.ts';

silence();
const definition = await compile(loopDiagram('done = true'));

const taskIn = (effects: Effect[]): string => {
  for (const effect of effects) if (effect.type === 'taskCreated') return effect.id;
  throw new Error('no task was created');
};

await goRound({
  begin: () => {
    const { state, effects } = step(
      definition,
      null,
      { type: 'start', variables: { done: false } },
      { now: 0 },
    );
    return JSON.stringify({ state, task: taskIn(effects) });
  },
  step: (saved) => {
    const { state: before, task } = JSON.parse(saved);
    const { state, effects } = step(definition, before, { type: 'completeTask', id: task }, { now: 0 });
    return JSON.stringify({ state, task: taskIn(effects) });
  },
});
