/** An instant of the domain (epoch milliseconds) as JSON says it: ISO 8601 in UTC. */
export function presentInstant(at: number): string {
  return new Date(at).toISOString();
}

/** The same for an instant that may be missing. */
export function presentMaybeInstant(at: number | null): string | null {
  return at === null ? null : presentInstant(at);
}
