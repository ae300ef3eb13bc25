/** Longitude and latitude, WGS 84. */
export type Point = [number, number];

/** Where an application may place its land: what the form's schema takes. */
export const MOROCCO = { west: -17.3, east: -0.9, south: 20.7, north: 36 };

export const isInMorocco = ([longitude, latitude]: Point): boolean =>
  longitude >= MOROCCO.west &&
  longitude <= MOROCCO.east &&
  latitude >= MOROCCO.south &&
  latitude <= MOROCCO.north;

/** Seven decimals are a centimetre. */
export const rounded = ([longitude, latitude]: Point): Point => [
  Math.round(longitude * 1e7) / 1e7,
  Math.round(latitude * 1e7) / 1e7,
];

/** The coordinates of a GeoJSON point; null for anything else. */
export function pointOf(value: unknown): Point | null {
  const { coordinates } = (value ?? {}) as { coordinates?: unknown };
  if (!Array.isArray(coordinates)) return null;
  const [longitude, latitude] = coordinates as unknown[];
  return typeof longitude === 'number' && typeof latitude === 'number' ? [longitude, latitude] : null;
}

/** Enough for any plot. */
const MOST_POSITIONS = 20_000;

/**
 * The point of a GeoJSON text: its first point, or the middle of all its corners. Null when it is no GeoJSON, has no
 * place, or its place is not in Morocco.
 */
export function pointOfGeoJson(text: string): Point | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const found: Point[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (depth > 12 || found.length > MOST_POSITIONS || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      if (typeof value[0] === 'number' && typeof value[1] === 'number') found.push([value[0], value[1]]);
      else for (const one of value) collect(one, depth + 1);
      return;
    }
    const { geometry, geometries, features, coordinates } = value as Record<string, unknown>;
    for (const one of [geometry, geometries, features, coordinates]) collect(one, depth + 1);
  };
  collect(parsed, 0);
  if (found.length === 0 || found.length > MOST_POSITIONS) return null;
  const west = Math.min(...found.map(([longitude]) => longitude));
  const east = Math.max(...found.map(([longitude]) => longitude));
  const south = Math.min(...found.map(([, latitude]) => latitude));
  const north = Math.max(...found.map(([, latitude]) => latitude));
  const middle = rounded([(west + east) / 2, (south + north) / 2]);
  return Number.isFinite(middle[0]) && Number.isFinite(middle[1]) && isInMorocco(middle) ? middle : null;
}
