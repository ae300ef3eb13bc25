import { countMoves, currentStep } from '../currentStep.ts';
import { faultOf } from '../fault.ts';
import { raiseIncident } from '../incident.ts';
import type { Guard, Token } from '../library.ts';
import { marksOf, type Phase } from '../marks.ts';

/**
 * A fault of the diagram or its data escapes from bpmn-server as an exception and leaves the instance half way: it stops
 * the token at an incident instead, and the other tokens go on. Also tells what is entered; boundary events and events
 * behind a gateway are entered when they occur.
 */
export const incidents: Guard = (library) => {
  const { Item, Token, TOKEN_TYPE } = library;
  const execute = Token.prototype.execute;
  Token.prototype.execute = async function (this: Token, input: unknown) {
    const step = currentStep();
    if (step.terminated) return;
    const flowNode: string = this.currentNode.id;
    const isAwaited =
      this.type === TOKEN_TYPE.BoundaryEvent || this.originItem?.node.type === 'bpmn:EventBasedGateway';
    const isEntered =
      isAwaited || this.type === TOKEN_TYPE.Instance || marksOf(this).incident?.phase === 'begin';
    delete marksOf(this).incident;
    let phase: Phase = 'enter';
    try {
      if (!isEntered) {
        countMoves(1);
        step.effects.push({ type: 'flowNodeEntered', flowNode });
      }
      phase = 'begin';
      await execute.call(this, input);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === null) throw error;
      if (this.path.length === 0) this.addItemToPath(new Item(this.currentNode, this));
      raiseIncident(library, this, fault, phase);
    }
  };
};
