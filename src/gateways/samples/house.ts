import { drawFrom } from './random.ts';

/** A small dwelling on its plot, in metres; the same numbers feed the plan, the site plan and the boundary plan. */
export interface House {
  variant: number;
  width: number;
  depth: number;
  /** Storeys above the ground floor. */
  storeys: number;
  /** Inner walls: one across the width, two across the depth. */
  splitX: number;
  splitY: [number, number];
  plot: { front: number; side: number; back: number };
  title: string;
  lot: string;
}

/** Draws up the dwelling of one variant. */
export function houseOf(variant: number): House {
  const draw = drawFrom(variant);
  const width = draw(9, 12);
  const depth = draw(9, 10.5);
  return {
    variant,
    width,
    depth,
    storeys: Math.min(2, Math.floor(draw(1, 3))),
    splitX: Math.round(width * draw(0.44, 0.56) * 100) / 100,
    splitY: [
      Math.round(depth * draw(0.3, 0.36) * 100) / 100,
      Math.round(depth * draw(0.62, 0.7) * 100) / 100,
    ],
    plot: { front: draw(3, 5), side: draw(0, 3), back: draw(2, 4) },
    title: `TF ${10_000 + variant}/SPECIMEN`,
    lot: `Lot ${(variant % 90) + 1}`,
  };
}

export const floorArea = (house: House): number => Math.round(house.width * house.depth * 100) / 100;
export const plotWidth = (house: House): number => house.width + 2 * house.plot.side;
export const plotDepth = (house: House): number => house.plot.front + house.depth + house.plot.back;
