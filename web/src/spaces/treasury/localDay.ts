const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Casablanca' });

/** The day in Morocco at an instant, `YYYY-MM-DD`. */
export function localDay(at: number): string {
  return DAY.format(at);
}
