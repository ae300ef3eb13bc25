import type { Guard } from '../library.ts';

/**
 * bpmn-server builds a line of log at every move, keeps it in the instance, and prints exceptions to the console on
 * top of throwing them: nothing is logged, and an exception is only thrown.
 */
export const quiet: Guard = ({ Execution, Token, Engine }) => {
  const silence = { log() {}, logS() {}, logE() {}, info() {} };
  Object.assign(Execution.prototype, silence, { report() {} });
  Object.assign(Token.prototype, silence);
  Object.assign(Engine.prototype, {
    exception(error: unknown) {
      throw error;
    },
  });
};

/** Runs something synchronous that greets on the console, without the greeting. */
export function quietly<Result>(work: () => Result): Result {
  const { log } = console;
  console.log = () => {};
  try {
    return work();
  } finally {
    console.log = log;
  }
}
