import type { Json, JsonObject } from './json.ts';

/** Longitude and latitude, in degrees. */
export interface Place {
  longitude: number;
  latitude: number;
}

/** By what two applications are recognised as being about one land or one owner; null where one says nothing. */
export interface SiteKeys {
  /** Status and reference of the land, however they were typed. */
  land: string | null;
  /** Identity number of the owner. */
  owner: string | null;
  place: Place | null;
}

/** Two places nearer than this are told as one site. */
export const NEAR_METRES = 60;

/** Side of a cell of the grid places are looked up by: more than {@link NEAR_METRES} at Morocco's latitudes. */
const CELL_DEGREES = 0.001;
const EARTH_METRES = 6_371_000;

/** Reads from an application what it says of its land and owner; whatever has another shape says nothing. */
export function siteKeys(application: JsonObject): SiteKeys {
  const land = objectOf(application.land);
  const owner = objectOf(application.owner);
  return {
    land: landKey(land?.status, land?.reference),
    owner: plainKey(owner?.identityNumber),
    place: placeOf(objectOf(land?.location)?.coordinates),
  };
}

/** The cell of the grid that a place lies in. */
export function cellOf({ longitude, latitude }: Place): string {
  return `${Math.floor(longitude / CELL_DEGREES)}:${Math.floor(latitude / CELL_DEGREES)}`;
}

/** The cell of a place and the eight around it: whatever is near lies in one of them. */
export function cellsAround({ longitude, latitude }: Place): string[] {
  const steps = [-1, 0, 1];
  return steps.flatMap((x) =>
    steps.map((y) =>
      cellOf({ longitude: longitude + x * CELL_DEGREES, latitude: latitude + y * CELL_DEGREES }),
    ),
  );
}

/** Metres between two places, along the earth. */
export function metresBetween(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const byLatitude = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const byLongitude =
    Math.cos(radians(a.latitude)) *
    Math.cos(radians(b.latitude)) *
    Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(byLatitude + byLongitude));
}

/** "T. 1001/19", "TF 1001/19" and "t-1001/19" name one title. */
function landKey(status: Json | undefined, reference: Json | undefined): string | null {
  const plain = plainKey(reference)?.replace(/^TF?(?=\d)/, '');
  return plain ? `${typeof status === 'string' ? status : ''}:${plain}` : null;
}

function plainKey(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  const plain = value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}/]/gu, '');
  return plain === '' ? null : plain;
}

function placeOf(value: Json | undefined): Place | null {
  if (!Array.isArray(value)) return null;
  const [longitude, latitude] = value;
  return typeof longitude === 'number' && typeof latitude === 'number' ? { longitude, latitude } : null;
}

function objectOf(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
