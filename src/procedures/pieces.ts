import type { JsonObject } from '../domain/json.ts';
import { feelValue } from './feel.ts';
import type { Piece, ProcedureSettings } from './types.ts';

/** The pieces of the closed list that this application must bring, whatever their kind (law 55-19). */
export function requiredPieces(settings: ProcedureSettings, application: JsonObject): Piece[] {
  return settings.pieces.filter(({ when }) => when === null || feelValue(when, application) === true);
}

/** The principal pieces that are not there: with one of them missing, the filing is rejected (RGC 33). */
export function missingPieces(
  settings: ProcedureSettings,
  application: JsonObject,
  present: Iterable<string>,
): Piece[] {
  const codes = new Set(present);
  return requiredPieces(settings, application).filter(
    ({ kind, code }) => kind === 'principal' && !codes.has(code),
  );
}
