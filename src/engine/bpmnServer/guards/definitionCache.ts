import type { Definition } from 'bpmn-server';
import { stepUnderWay } from '../currentStep.ts';
import type { Guard } from '../library.ts';

/** bpmn-server parses the XML again at every reload: an execution takes the model that was read when it was compiled. */
export const definitionCache: Guard = ({ Definition }) => {
  const parse = Definition.prototype.load;
  Definition.prototype.load = async function (this: Definition) {
    const step = stepUnderWay();
    if (step === null) return parse.call(this);
    const { processes, nodes, flows, accessRules } = step.model;
    Object.assign(this, { processes, nodes, flows, accessRules });
  };
};
