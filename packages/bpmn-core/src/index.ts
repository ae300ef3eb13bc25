export { compile } from './compile/compile.ts';
export { CommandError, type CommandErrorCode, CompileError, ExpressionError, StateError } from './errors.ts';
export { compileExpression } from './feel/expression.ts';
export { migrate } from './migration/migrate.ts';
export { upgradeState } from './migration/upgradeState.ts';
export { step } from './runtime/step.ts';
export { isoTimerDue } from './time/iso.ts';
export type * from './types.ts';
