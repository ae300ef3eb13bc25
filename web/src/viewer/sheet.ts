import type { Size, View } from './geometry.ts';

/** A layer of a drawing. */
export interface Layer {
  name: string;
  shown: boolean;
}

/** A plan that can be looked at, whatever it was written in. Nothing of it is ever run. */
export interface Sheets {
  pages: number;
  /** Size of a page in its own units. */
  size(page: number): Promise<Size>;
  /** Millimetres that one unit is: on paper (`paper`), or in the world (`world`); null when the file does not say. */
  unit: { mm: number; of: 'paper' | 'world' } | null;
  /** Draws what of a page is in sight. @throws AbortError */
  draw(
    page: number,
    canvas: HTMLCanvasElement,
    view: View,
    density: number,
    signal: AbortSignal,
  ): Promise<void>;
  /** Layers of a drawing; null when it has none to choose from. */
  layers: Layer[] | null;
  close(): void;
}

/** Thrown when a file is of a kind that browsers do not draw, or larger than they can hold. */
export class NotDrawable extends Error {
  readonly reason: 'kind' | 'size' | 'broken';

  constructor(reason: 'kind' | 'size' | 'broken', options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotDrawable';
    this.reason = reason;
  }
}
