import { currentStep } from '../currentStep.ts';
import { executionOf, type Guard, type Token, tokensOf } from '../library.ts';

/**
 * A terminate end event of bpmn-server cancels the other tokens without waiting for it, so that tasks in parallel
 * branches stay open, and branches not yet begun begin after it: once it has been reached, everything is cancelled and
 * nothing moves (clause 13.5.6).
 */
export const terminateEnd: Guard = ({ Token, TerminateBehaviour, Behaviour_names }) => {
  TerminateBehaviour.prototype.end = () => {};
  const end = Token.prototype.end;
  Token.prototype.end = async function (this: Token, cancel = false) {
    await end.call(this, cancel);
    if (cancel || !this.currentNode.hasBehaviour(Behaviour_names.TerminateEventDefinition)) return;
    currentStep().terminated = true;
    for (const token of tokensOf(executionOf(this))) await token.terminate();
  };
};
