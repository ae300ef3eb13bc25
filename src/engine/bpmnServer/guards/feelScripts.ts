import { compileExpression } from '@shubbak/bpmn-core';
import type { Item, Token } from '../library.ts';
import { visibleVariables } from '../variables.ts';

/**
 * bpmn-server runs what diagrams hold through `Function()`, and `$py` spawns Python: whoever draws could run code. Here
 * an expression is FEEL and sees the variables of its token; a script is never run.
 */
export const feelScripts = {
  async evaluateExpression(scope: unknown, expression: string): Promise<unknown> {
    return compileExpression(expression)(visibleVariables(tokenOf(scope)));
  },
  async evaluateInputExpression(scope: unknown, expression: string): Promise<unknown> {
    return feelScripts.evaluateExpression(scope, expression);
  },
  executeScript(): never {
    throw new Error('scripts of a diagram are not run');
  },
};

function tokenOf(scope: unknown): Token {
  return isItem(scope) ? scope.token : (scope as Token);
}

function isItem(scope: unknown): scope is Item {
  return typeof scope === 'object' && scope !== null && 'token' in scope;
}
