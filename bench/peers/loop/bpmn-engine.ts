import { Engine } from 'bpmn-engine';
import { silence } from '../../support/contestant.ts';
import { goRound, loopDiagram } from '../../support/looping.ts';
import { serialize } from '../serialize.ts';

silence();
// biome-ignore lint/suspicious/noTemplateCurlyInString: its own language of expressions
const sourceContext = await serialize(loopDiagram('${environment.variables.done}'));

await goRound({
  async begin() {
    const engine = new Engine({ name: 'bench', sourceContext });
    const execution = await engine.execute();
    const saved = JSON.stringify(await execution.getState());
    await engine.stop();
    return saved;
  },
  async step(saved) {
    const engine = new Engine({ name: 'bench' });
    engine.recover(JSON.parse(saved));
    const execution = await engine.resume();
    execution.signal({ id: 'Task' });
    const next = JSON.stringify(await execution.getState());
    await engine.stop();
    return next;
  },
});
