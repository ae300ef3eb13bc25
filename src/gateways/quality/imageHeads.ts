/** Size in pixels, and pixels an inch where the file tells. */
export interface ImageHead {
  width: number;
  height: number;
  dpi: number | null;
}

/** Reads the head of a PNG; null when it has none. */
export function pngHead(bytes: Buffer): ImageHead | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

/** Whether a PNG has its last chunk. */
export function isWholePng(bytes: Buffer): boolean {
  return bytes.subarray(-1024).includes('IEND', 0, 'latin1');
}

/** Reads the frame of a JPEG; null when it has none. */
export function jpegHead(bytes: Buffer): ImageHead | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** Whether a JPEG has its end: what is compressed can never hold that mark. Cameras may add something behind it. */
export function isWholeJpeg(bytes: Buffer): boolean {
  return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0;
}

/** Reads every page of a TIFF; null when its directories lead nowhere. */
export function tiffHeads(bytes: Buffer): ImageHead[] | null {
  if (bytes.length < 8) return null;
  const little = bytes[0] === 0x49;
  const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const heads: ImageHead[] = [];
  const seen = new Set<number>();
  try {
    for (let at = u32(4); at !== 0; ) {
      if (seen.has(at) || seen.size > 1000) return null;
      seen.add(at);
      const count = u16(at);
      const values = new Map<number, number>();
      for (let entry = 0; entry < count; entry += 1) {
        const here = at + 2 + entry * 12;
        const [tag, type] = [u16(here), u16(here + 2)];
        // Short, long, or a fraction kept elsewhere.
        if (type === 3) values.set(tag, u16(here + 8));
        else if (type === 4) values.set(tag, u32(here + 8));
        else if (type === 5) {
          const kept = u32(here + 8);
          values.set(tag, u32(kept) / Math.max(1, u32(kept + 4)));
        }
      }
      const head = sized(values.get(256) ?? 0, values.get(257) ?? 0);
      if (head === null) return null;
      const resolution = values.get(282) ?? 0;
      const unit = values.get(296) ?? 2;
      const dpi = unit === 3 ? resolution * 2.54 : unit === 2 ? resolution : 0;
      // One pixel an inch, or 72 by default, says nothing of the paper.
      heads.push({ ...head, dpi: dpi > 72 ? dpi : null });
      at = u32(at + 2 + count * 12);
    }
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw cause;
  }
  return heads.length === 0 ? null : heads;
}

function sized(width: number, height: number): ImageHead | null {
  return width > 0 && height > 0 && width < 200_000 && height < 200_000 ? { width, height, dpi: null } : null;
}
