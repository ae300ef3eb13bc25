/** The identifier of what waits at a token: stable, since tokens are never used twice in an instance. */
export const waitingId = (instance: string, token: string): string => `${instance}-${token}`;
