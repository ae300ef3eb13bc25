import { Context, Definition, Environment } from 'bpmn-elements';
import { silence } from '../../support/contestant.ts';
import { goRound, loopDiagram } from '../../support/looping.ts';
import { serialize } from '../serialize.ts';

silence();
// biome-ignore lint/suspicious/noTemplateCurlyInString: its own language of expressions
const source = await serialize(loopDiagram('${environment.variables.done}'));
const quiet = () => ({ debug() {}, error() {}, warn() {} });
const open = () => new Definition(Context(source, new Environment({ Logger: quiet })));

await goRound({
  begin() {
    const definition = open();
    definition.run();
    const saved = JSON.stringify(definition.getState());
    definition.stop();
    return saved;
  },
  step(saved) {
    const definition = open();
    definition.recover(JSON.parse(saved));
    definition.resume();
    definition.signal({ id: 'Task' });
    const next = JSON.stringify(definition.getState());
    definition.stop();
    return next;
  },
});
