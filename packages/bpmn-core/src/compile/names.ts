/** Whether a name can be that of a variable: one word, which expressions can read. */
export const isVariableName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
