/** What the product takes, by media type: the endings that files of the type have, and what people call it. */
export const MEDIA: Record<string, { endings: string[]; name: string }> = {
  'application/pdf': { endings: ['.pdf'], name: 'PDF' },
  'image/png': { endings: ['.png'], name: 'PNG' },
  'image/jpeg': { endings: ['.jpg', '.jpeg'], name: 'JPEG' },
  'image/tiff': { endings: ['.tif', '.tiff'], name: 'TIFF' },
  'image/vnd.dxf': { endings: ['.dxf'], name: 'DXF' },
};

/** The largest file the server takes, in bytes. */
export const LARGEST = 200 * 1024 * 1024;

/** The value of a file input's `accept`. */
export const acceptOf = (types: string[]): string =>
  types.flatMap((type) => [type, ...(MEDIA[type]?.endings ?? [])]).join(',');

/** "PDF, PNG, JPEG" */
export const namesOf = (types: string[]): string => types.map((type) => MEDIA[type]?.name ?? type).join(', ');

/** Whether a file may be of one of the types, by its name alone; the server looks inside. */
export function mayBe(file: File, types: string[]): boolean {
  const name = file.name.toLowerCase();
  return types.some((type) => MEDIA[type]?.endings.some((ending) => name.endsWith(ending)));
}

/** A file name without what would turn or hide its letters; the server refuses such names. */
export function plainName(name: string): string {
  const plain = name.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, '').trim();
  return /[\p{L}\p{N}]/u.test(plain) ? plain.slice(-255) : `file${/\.\w{1,5}$/.exec(plain)?.[0] ?? ''}`;
}
