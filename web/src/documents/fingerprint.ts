const SLICE = 256 * 1024;

/** By which the same file is known again, whatever its size: a digest of its size and of its beginning, middle and end. */
export async function fingerprintOf(file: Blob): Promise<string> {
  const slices =
    file.size <= 3 * SLICE
      ? [file]
      : [0, Math.floor((file.size - SLICE) / 2), file.size - SLICE].map((at) => file.slice(at, at + SLICE));
  const bytes = await new Blob([`${file.size};`, ...slices]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
