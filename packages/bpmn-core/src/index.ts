export { compile } from './compile/compile.ts';
export { CommandError, type CommandErrorCode, CompileError, ExpressionError } from './errors.ts';
export { compileExpression } from './feel/expression.ts';
export { step } from './runtime/step.ts';
export { isoTimerDue } from './time/iso.ts';
export type * from './types.ts';
