import type { ScanMeasure } from '../../domain/quality.ts';

type Tone = NonNullable<ScanMeasure['tone']>;

/** Brightness of an image, one byte a pixel, made small enough to be looked at quickly. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** The longer side of the small copy, in pixels. */
const SMALL = 700;
/** Steps of grey by which ink is darker than the paper at least; the grain of a scan, averaged, stays below. */
const PALEST_INK = 16;
/** The part of a page that the darkest ink takes: a signature alone is still written. */
const DARKEST = 0.0005;
const STEEPEST = 8;
const STEP = 0.5;

/** Makes the small copy: `at(x, y)` gives the brightness of a pixel of the original, 0 to 255. */
export function shrink(width: number, height: number, at: (x: number, y: number) => number): Grey {
  const scale = Math.max(1, Math.max(width, height) / SMALL);
  const small: Grey = {
    width: Math.max(1, Math.floor(width / scale)),
    height: Math.max(1, Math.floor(height / scale)),
    data: new Uint8Array(),
  };
  small.data = new Uint8Array(small.width * small.height);
  // Up to 3 × 3 samples of each square: enough to keep thin lines.
  const samples = Math.min(3, Math.ceil(scale));
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      let sum = 0;
      for (let sy = 0; sy < samples; sy += 1) {
        for (let sx = 0; sx < samples; sx += 1) {
          sum += at(
            Math.min(width - 1, Math.floor((x + (sx + 0.5) / samples) * scale)),
            Math.min(height - 1, Math.floor((y + (sy + 0.5) / samples) * scale)),
          );
        }
      }
      small.data[y * small.width + x] = sum / (samples * samples);
    }
  }
  return small;
}

/** Says how bright, how contrasted, how written on and how straight an image is. */
export function toneOf(grey: Grey): Tone {
  const counts = new Uint32Array(256);
  let sum = 0;
  for (const value of grey.data) {
    counts[value] = (counts[value] ?? 0) + 1;
    sum += value;
  }
  const total = grey.data.length;
  const paper = percentile(counts, total, 0.95);
  const darkest = percentile(counts, total, DARKEST);
  let ink = 0;
  for (let value = 0; value < paper - PALEST_INK; value += 1) ink += counts[value] ?? 0;
  return {
    brightness: round(sum / total / 255),
    contrast: round((paper - darkest) / 255),
    ink: ink / total,
    skew: skewOf(grey, (paper + darkest) / 2),
  };
}

function percentile(counts: Uint32Array, total: number, part: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value += 1) {
    seen += counts[value] ?? 0;
    if (seen > total * part) return value;
  }
  return 255;
}

/**
 * Degrees by which lines lean: rows of ink are sharpest along them (projection profile). Null where no direction stands out,
 * as in photographs and nearly empty pages.
 */
function skewOf({ width, height, data }: Grey, threshold: number): number | null {
  const points: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if ((data[y * width + x] ?? 255) < threshold) points.push(x, y);
  }
  const ink = points.length / 2 / data.length;
  if (ink < 0.002 || ink > 0.4) return null;
  let best = { degrees: 0, sharpness: 0 };
  let straight = 0;
  let sum = 0;
  let tried = 0;
  for (let degrees = -STEEPEST; degrees <= STEEPEST; degrees += STEP) {
    const found = sharpness(points, width, height, Math.tan((degrees * Math.PI) / 180));
    sum += found;
    tried += 1;
    if (degrees === 0) straight = found;
    if (found > best.sharpness) best = { degrees, sharpness: found };
  }
  const stands = best.sharpness > (1.5 * sum) / tried && best.sharpness > 1.2 * straight;
  if (best.degrees === 0 || !stands) return stands || straight === best.sharpness ? 0 : null;
  return Math.abs(best.degrees) === STEEPEST ? null : best.degrees;
}

function sharpness(points: number[], width: number, height: number, slope: number): number {
  const reach = Math.ceil(Math.abs(slope) * width) + 1;
  const rows = new Uint32Array(height + 2 * reach);
  for (let at = 0; at < points.length; at += 2) {
    const row = Math.round((points[at + 1] as number) - (points[at] as number) * slope) + reach;
    rows[row] = (rows[row] ?? 0) + 1;
  }
  let sharp = 0;
  for (let row = 1; row < rows.length; row += 1) {
    sharp += ((rows[row] as number) - (rows[row - 1] as number)) ** 2;
  }
  return sharp;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
