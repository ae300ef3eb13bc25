/** Thrown when a backup or a restore cannot be done; the message is one sentence for the operator. Nothing was changed. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
  }
}
