const ZONE = 'Africa/Casablanca';

/** The instant at which a local date begins in Morocco, ISO 8601: clocks there change with Ramadan. */
export function startOfLocalDay(day: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // The offset at the day's start is that of an instant not far from it, unless it changes in between: then look again.
  let at = utc - offsetAt(utc);
  at = utc - offsetAt(at);
  return new Date(at).toISOString();
}

/** The instant at which a local date is over. */
export function endOfLocalDay(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return startOfLocalDay(next);
}

const reader = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function offsetAt(instant: number): number {
  const part = Object.fromEntries(reader.formatToParts(instant).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = part;
  return (
    Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(instant / 1000) * 1000
  );
}
