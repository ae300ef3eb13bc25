import { crc32 } from 'node:zlib';

/**
 * What is kept beside stored bytes to know them again: a CRC-32 that also covers their place, so that neither a flipped bit nor
 * bytes that ended up elsewhere pass for what was stored.
 */
export function checksum(bytes: Uint8Array, place: number | string): number {
  const seed = typeof place === 'string' ? crc32(place) : (place % 2 ** 32) ^ Math.floor(place / 2 ** 32);
  return crc32(bytes, seed >>> 0);
}
