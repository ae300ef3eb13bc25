/** Thrown when the diagram or its data fails at run time: it becomes an incident at the token. */
export class ModelFault extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelFault';
    this.code = code;
  }
}

/** The fault behind an error, also one of FEEL or of the ISO 8601 reckoning; null when the error is no fault of the model. */
export function faultOf(error: unknown): { code: string; message: string } | null {
  if (error instanceof ModelFault) return error;
  if (!(error instanceof Error) || error.name !== 'ModelError') return null;
  return 'code' in error && typeof error.code === 'string'
    ? { code: error.code, message: error.message }
    : null;
}
