/** A size, in pixels or in the units of a sheet. */
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}
/** Quarter turns clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** How a sheet lies on the stage: `x`, `y` is where the corner of the turned sheet is, in pixels of the stage. */
export interface View {
  /** Pixels of the stage for one unit of the sheet. */
  scale: number;
  x: number;
  y: number;
  turn: Turn;
}

/** The size of a sheet once it is turned. */
export const turned = (size: Size, turn: Turn): Size =>
  turn % 180 === 0 ? size : { width: size.height, height: size.width };

/** Where a place of the sheet (fractions of it, as it lies in the file) is on the stage. */
export function toStage(view: View, sheet: Size, { x, y }: Point): Point {
  const [u, v] = { 0: [x, y], 90: [1 - y, x], 180: [1 - x, 1 - y], 270: [y, 1 - x] }[view.turn] as [
    number,
    number,
  ];
  const { width, height } = turned(sheet, view.turn);
  return { x: view.x + u * width * view.scale, y: view.y + v * height * view.scale };
}

/** Which place of the sheet is under a point of the stage; outside of 0..1 beside the sheet. */
export function toSheet(view: View, sheet: Size, { x, y }: Point): Point {
  const { width, height } = turned(sheet, view.turn);
  const u = (x - view.x) / (width * view.scale);
  const v = (y - view.y) / (height * view.scale);
  const [a, b] = { 0: [u, v], 90: [v, 1 - u], 180: [1 - u, 1 - v], 270: [1 - v, u] }[view.turn] as [
    number,
    number,
  ];
  return { x: a, y: b };
}

const MARGIN = 16;
const FURTHEST = 64;

/** Shows the whole sheet, in the middle of the stage. */
export function fit(stage: Size, sheet: Size, turn: Turn): View {
  const { width, height } = turned(sheet, turn);
  const scale = Math.max(
    1e-9,
    Math.min((stage.width - 2 * MARGIN) / width, (stage.height - 2 * MARGIN) / height),
  );
  return { scale, turn, x: (stage.width - width * scale) / 2, y: (stage.height - height * scale) / 2 };
}

/** Comes closer or goes further away, keeping what is under `at` where it is. Bounded by the sheet fitted to the stage. */
export function zoom(view: View, factor: number, at: Point, fitted: number): View {
  const scale = Math.min(fitted * FURTHEST, Math.max(fitted / 2, view.scale * factor));
  const by = scale / view.scale;
  return { ...view, scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

/** Moves the sheet, never quite out of sight. */
export function pan(view: View, by: Point, stage: Size, sheet: Size): View {
  const { width, height } = turned(sheet, view.turn);
  const keep = 48;
  const bound = (at: number, size: number, room: number): number =>
    Math.min(room - keep, Math.max(keep - size, at));
  return {
    ...view,
    x: bound(view.x + by.x, width * view.scale, stage.width),
    y: bound(view.y + by.y, height * view.scale, stage.height),
  };
}

/** Brings a place of the sheet to the middle of the stage. */
export function centre(view: View, stage: Size, sheet: Size, place: Point): View {
  const at = toStage(view, sheet, place);
  return { ...view, x: view.x + stage.width / 2 - at.x, y: view.y + stage.height / 2 - at.y };
}

/** How long a line is, in units of the sheet. */
export function lengthOf(a: Point, b: Point, sheet: Size): number {
  return Math.hypot((a.x - b.x) * sheet.width, (a.y - b.y) * sheet.height);
}

/** Keeps a place on the sheet. */
export const clamp = ({ x, y }: Point): Point => ({
  x: Math.min(1, Math.max(0, x)),
  y: Math.min(1, Math.max(0, y)),
});
