/** What two pictures of the same place differ by, painted: both in grey, only before and only now in two colours. */
export interface Difference {
  picture: ImageData;
  /** Part of the pixels with ink in either that have it in one alone. */
  changed: number;
}

type Colour = [number, number, number];

/** Compares two pictures of one size by their ink. Ink that only moved by a pixel is not called a change. */
export function difference(before: ImageData, now: ImageData, gone: Colour, added: Colour): Difference {
  const { width, height } = now;
  const picture = new ImageData(width, height);
  const was = inkOf(before);
  const is = inkOf(now);
  let either = 0;
  let one = 0;
  for (let at = 0; at < width * height; at += 1) {
    const [a, b] = [was[at] as number, is[at] as number];
    const onlyBefore = a > 96 && !near(is, width, at);
    const onlyNow = b > 96 && !near(was, width, at);
    if (a > 96 || b > 96) either += 1;
    if (onlyBefore || onlyNow) one += 1;
    const colour: Colour = onlyBefore ? gone : onlyNow ? added : grey(Math.max(a, b));
    const isPaper = (before.data[at * 4 + 3] as number) > 0 || (now.data[at * 4 + 3] as number) > 0;
    picture.data.set([...colour, isPaper ? 255 : 0], at * 4);
  }
  return { picture, changed: either === 0 ? 0 : one / either };
}

const grey = (ink: number): Colour => {
  const level = 255 - Math.round(ink * 0.45);
  return [level, level, level];
};

/** 255 is black, 0 paper or nothing. */
function inkOf({ data, width, height }: ImageData): Uint8Array {
  const ink = new Uint8Array(width * height);
  for (let at = 0; at < ink.length; at += 1) {
    const [r, g, b, a] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2], data[at * 4 + 3]] as [
      number,
      number,
      number,
      number,
    ];
    ink[at] = ((255 - (0.3 * r + 0.59 * g + 0.11 * b)) * a) / 255;
  }
  return ink;
}

function near(ink: Uint8Array, width: number, at: number): boolean {
  for (const dy of [-width, 0, width]) {
    for (const dx of [-1, 0, 1]) if ((ink[at + dy + dx] ?? 0) > 64) return true;
  }
  return false;
}
