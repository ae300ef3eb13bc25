/** The codes of a territory and of all that contain it: `01.151.01` gives `01`, `01.151`, `01.151.01`. */
export function territoryPath(code: string): string[] {
  const segments = code.split('.');
  return segments.map((_, i) => segments.slice(0, i + 1).join('.'));
}

/** Drops the territories that others of the list contain; null when one of them is the whole country. */
export function outermost(territories: string[]): string[] | null {
  if (territories.includes('*')) return null;
  const all = new Set(territories);
  return [...all].filter(
    (code) =>
      !territoryPath(code)
        .slice(0, -1)
        .some((outer) => all.has(outer)),
  );
}
