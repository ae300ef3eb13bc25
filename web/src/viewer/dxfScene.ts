import type { IBlock, IDxf, IEntity, IPoint } from 'dxf-parser';

/** Lines of one layer and colour; `points` holds x, y pairs, `starts` where each line begins. */
export interface Strokes {
  layer: string;
  /** `#rrggbb`, or null for the ink of the paper. */
  colour: string | null;
  points: Float64Array;
  starts: Uint32Array;
  /** Areas are filled too. */
  filled: boolean;
}

export interface Lettering {
  layer: string;
  colour: string | null;
  text: string;
  x: number;
  y: number;
  height: number;
  /** Degrees counter-clockwise. */
  rotation: number;
  align: 'left' | 'center' | 'right';
  base: 'alphabetic' | 'top' | 'middle';
}

/** A drawing flattened to lines and letters, its corner at the top left and y downwards. */
export interface Scene {
  width: number;
  height: number;
  layers: { name: string; shown: boolean }[];
  strokes: Strokes[];
  letters: Lettering[];
  /** Millimetres of one unit; null when the drawing does not say. */
  mm: number | null;
  /** Entities that are left out: their kind is not drawn. */
  skipped: number;
}

/** Thrown when a drawing has nothing that can be drawn. */
export class EmptyDrawing extends Error {
  constructor() {
    super('nothing to draw');
    this.name = 'EmptyDrawing';
  }
}

type Matrix = [number, number, number, number, number, number];
const SAME: Matrix = [1, 0, 0, 1, 0, 0];
const DEEPEST = 8;
const MOST_POINTS = 4_000_000;
const MOST_LETTERS = 50_000;
/** Entities looked at, each time a block is inserted anew. */
const MOST_VISITS = 250_000;
/** Millimetres of $INSUNITS. */
const UNITS: Record<number, number> = { 1: 25.4, 2: 304.8, 4: 1, 5: 10, 6: 1000, 7: 1_000_000, 14: 100 };

/** Any entity, as the parser gives it: every kind has some of these. */
type Anything = IEntity & {
  vertices?: (IPoint & { bulge?: number })[];
  shape?: boolean;
  center?: IPoint;
  radius?: number;
  startAngle?: number;
  endAngle?: number;
  majorAxisEndPoint?: IPoint;
  axisRatio?: number;
  controlPoints?: IPoint[];
  fitPoints?: IPoint[];
  degreeOfSplineCurve?: number;
  knotValues?: number[];
  closed?: boolean;
  points?: IPoint[];
  position?: IPoint;
  startPoint?: IPoint;
  endPoint?: IPoint;
  text?: string;
  textHeight?: number;
  height?: number;
  rotation?: number;
  directionVector?: IPoint;
  attachmentPoint?: number;
  halign?: number;
  valign?: number;
  name?: string;
  block?: string;
  xScale?: number;
  yScale?: number;
  columnCount?: number;
  rowCount?: number;
  columnSpacing?: number;
  rowSpacing?: number;
};

/** Flattens a drawing. Text stays text: nothing in it is markup or script to anyone here. @throws EmptyDrawing */
export function sceneOf(dxf: IDxf): Scene {
  const lines = new Map<
    string,
    { layer: string; colour: string | null; filled: boolean; points: number[]; starts: number[] }
  >();
  const letters: Lettering[] = [];
  const layers = new Map<string, boolean>();
  const table = dxf.tables?.layer?.layers ?? {};
  for (const [name, layer] of Object.entries(table))
    layers.set(name, layer.visible !== false && layer.frozen !== true);
  const bounds = {
    left: Number.POSITIVE_INFINITY,
    top: Number.NEGATIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.POSITIVE_INFINITY,
  };
  let room = MOST_POINTS;
  let skipped = 0;
  let visits = MOST_VISITS;

  const colourOf = (entity: Anything, layer: string, inherited: string | null): string | null => {
    const index = entity.colorIndex;
    // 0: as the block that holds it; 256 or nothing: as its layer; 7: the ink of the paper.
    if (index === 0) return inherited;
    const own = index === undefined || index === 256 ? table[layer]?.color : entity.color;
    const seven = (index === undefined || index === 256 ? table[layer]?.colorIndex : index) === 7;
    return own === undefined || seven ? null : onPaper(own);
  };
  const extend = (x: number, y: number): void => {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.bottom = Math.min(bounds.bottom, y);
    bounds.top = Math.max(bounds.top, y);
  };
  const line = (
    layer: string,
    colour: string | null,
    matrix: Matrix,
    path: IPoint[],
    filled = false,
  ): void => {
    room -= path.length;
    if (path.length < 2 || room < 0) return;
    if (!layers.has(layer)) layers.set(layer, true);
    const key = `${layer}\n${colour}\n${filled}`;
    const group = lines.get(key) ?? { layer, colour, filled, points: [], starts: [] };
    lines.set(key, group);
    group.starts.push(group.points.length / 2);
    for (const point of path) {
      const x = matrix[0] * point.x + matrix[2] * point.y + matrix[4];
      const y = matrix[1] * point.x + matrix[3] * point.y + matrix[5];
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      group.points.push(x, y);
      extend(x, y);
    }
  };
  const letter = (
    layer: string,
    colour: string | null,
    matrix: Matrix,
    text: string,
    at: IPoint | undefined,
    options: Pick<Lettering, 'height' | 'rotation' | 'align' | 'base'>,
  ): void => {
    if (at === undefined || text.trim() === '' || letters.length >= MOST_LETTERS) return;
    if (!layers.has(layer)) layers.set(layer, true);
    const x = matrix[0] * at.x + matrix[2] * at.y + matrix[4];
    const y = matrix[1] * at.x + matrix[3] * at.y + matrix[5];
    const grown = Math.hypot(matrix[2], matrix[3]);
    const angle = (Math.atan2(matrix[1], matrix[0]) * 180) / Math.PI;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const height = (options.height || 1) * grown;
    letters.push({
      layer,
      colour,
      text: text.slice(0, 2000),
      x,
      y,
      ...options,
      height,
      rotation: options.rotation + angle,
    });
    extend(x, y);
    extend(x, y + height);
  };

  const draw = (
    entities: IEntity[],
    matrix: Matrix,
    depth: number,
    inLayer: string | null,
    inherited: string | null,
  ): void => {
    for (const one of entities) {
      visits -= 1;
      if (visits < 0) return;
      const entity = one as Anything;
      if (entity.visible === false || entity.inPaperSpace === true) continue;
      // What lies on layer 0 of a block lies where the block does.
      const layer = inLayer !== null && (entity.layer ?? '0') === '0' ? inLayer : (entity.layer ?? '0');
      const colour = colourOf(entity, layer, inherited);
      const put = (path: IPoint[], filled = false): void => line(layer, colour, matrix, path, filled);
      switch (entity.type) {
        case 'LINE':
          put(entity.vertices ?? []);
          break;
        case 'LWPOLYLINE':
        case 'POLYLINE':
          put(polyline(entity.vertices ?? [], entity.shape === true));
          break;
        case 'CIRCLE':
          if (entity.center) put(arc(entity.center, entity.radius ?? 0, 0, 2 * Math.PI));
          break;
        case 'ARC':
          if (entity.center)
            put(
              arc(entity.center, entity.radius ?? 0, entity.startAngle ?? 0, entity.endAngle ?? 2 * Math.PI),
            );
          break;
        case 'ELLIPSE':
          put(ellipse(entity));
          break;
        case 'SPLINE':
          put(spline(entity));
          break;
        case 'SOLID':
        case '3DFACE': {
          const p = entity.points ?? entity.vertices ?? [];
          const [a, b, c, d] = p;
          // The third and fourth corner of a SOLID are crossed.
          if (a && b && c)
            put(
              entity.type === 'SOLID' ? [a, b, d ?? c, c, a] : [a, b, c, d ?? a, a],
              entity.type === 'SOLID',
            );
          break;
        }
        case 'POINT':
          break;
        case 'TEXT':
        case 'ATTRIB':
        case 'ATTDEF': {
          const aligned = (entity.halign ?? 0) !== 0 || (entity.valign ?? 0) !== 0;
          letter(
            layer,
            colour,
            matrix,
            plainText(entity.text ?? ''),
            (aligned ? entity.endPoint : undefined) ?? entity.startPoint,
            {
              height: entity.textHeight ?? 1,
              rotation: entity.rotation ?? 0,
              align:
                ({ 1: 'center', 2: 'right', 4: 'center' } as const)[entity.halign as 1 | 2 | 4] ?? 'left',
              base:
                entity.valign === 3
                  ? 'top'
                  : entity.valign === 2 || entity.halign === 4
                    ? 'middle'
                    : 'alphabetic',
            },
          );
          break;
        }
        case 'MTEXT': {
          const at = entity.attachmentPoint ?? 1;
          const turn = entity.directionVector
            ? (Math.atan2(entity.directionVector.y, entity.directionVector.x) * 180) / Math.PI
            : (entity.rotation ?? 0);
          const height = entity.height ?? 1;
          const rows = plainText(entity.text ?? '').split('\n');
          const up = at <= 3 ? 0 : at <= 6 ? (rows.length - 1) / 2 : rows.length - 1;
          for (const [row, text] of rows.entries()) {
            const down = (row - up) * height * 1.6;
            const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
            const p = entity.position;
            letter(layer, colour, matrix, text, p && { x: p.x + down * sin, y: p.y - down * cos, z: 0 }, {
              height,
              rotation: turn,
              align: (['left', 'center', 'right'] as const)[(at - 1) % 3] ?? 'left',
              base: at <= 3 ? 'top' : at <= 6 ? 'middle' : 'alphabetic',
            });
          }
          break;
        }
        case 'INSERT':
        case 'DIMENSION': {
          const block: IBlock | undefined =
            dxf.blocks?.[entity.type === 'INSERT' ? (entity.name ?? '') : (entity.block ?? '')];
          if (block?.entities === undefined || depth >= DEEPEST || room <= 0 || visits <= 0) {
            skipped += 1;
            break;
          }
          if (entity.type === 'DIMENSION') {
            draw(block.entities, matrix, depth + 1, layer, colour);
            break;
          }
          const columns = Math.min(200, Math.max(1, entity.columnCount ?? 1));
          const rows = Math.min(200, Math.max(1, entity.rowCount ?? 1));
          for (let row = 0; row < rows; row += 1) {
            for (let column = 0; column < columns; column += 1) {
              const shift: Matrix = [
                1,
                0,
                0,
                1,
                column * (entity.columnSpacing ?? 0),
                row * (entity.rowSpacing ?? 0),
              ];
              draw(
                block.entities,
                times(
                  times(matrix, placed(entity)),
                  times(shift, [1, 0, 0, 1, -(block.position?.x ?? 0), -(block.position?.y ?? 0)]),
                ),
                depth + 1,
                layer,
                colour,
              );
            }
          }
          break;
        }
        default:
          skipped += 1;
      }
    }
  };
  draw(dxf.entities ?? [], SAME, 0, null, null);
  if (!Number.isFinite(bounds.left)) throw new EmptyDrawing();

  const width = Math.max(bounds.right - bounds.left, (bounds.top - bounds.bottom) / 1000, 1e-6);
  const height = Math.max(bounds.top - bounds.bottom, width / 1000);
  const units = Number((dxf.header as Record<string, unknown> | undefined)?.$INSUNITS);
  return {
    width,
    height,
    layers: [...layers]
      .map(([name, shown]) => ({ name, shown }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    strokes: [...lines.values()].map(({ points, starts, ...rest }) => {
      const flat = new Float64Array(points.length);
      for (let at = 0; at < points.length; at += 2) {
        flat[at] = (points[at] as number) - bounds.left;
        flat[at + 1] = bounds.top - (points[at + 1] as number);
      }
      return { ...rest, points: flat, starts: Uint32Array.from(starts) };
    }),
    letters: letters.map((one) => ({ ...one, x: one.x - bounds.left, y: bounds.top - one.y })),
    mm: UNITS[units] ?? null,
    skipped,
  };
}

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

function placed({ position, rotation = 0, xScale = 1, yScale = 1 }: Anything): Matrix {
  const [sin, cos] = [Math.sin((rotation * Math.PI) / 180), Math.cos((rotation * Math.PI) / 180)];
  return [cos * xScale, sin * xScale, -sin * yScale, cos * yScale, position?.x ?? 0, position?.y ?? 0];
}

/** Colours meant for a black screen, made dark enough for white paper. */
function onPaper(colour: number): string {
  let [r, g, b] = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
  const light = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
  if (light > 0.5)
    [r, g, b] = [r, g, b].map((part) => Math.round((part * 0.5) / light)) as [number, number, number];
  return `#${[r, g, b].map((part) => Math.min(255, part).toString(16).padStart(2, '0')).join('')}`;
}

const point = (x: number, y: number): IPoint => ({ x, y, z: 0 });

function arc(centre: IPoint, radius: number, from: number, to: number): IPoint[] {
  const sweep = to > from ? to - from : to - from + 2 * Math.PI;
  const steps = Math.max(8, Math.ceil((sweep / (2 * Math.PI)) * 72));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = from + (sweep * step) / steps;
    return point(centre.x + radius * Math.cos(angle), centre.y + radius * Math.sin(angle));
  });
}

function ellipse({
  center,
  majorAxisEndPoint: axis,
  axisRatio = 1,
  startAngle = 0,
  endAngle = 2 * Math.PI,
}: Anything): IPoint[] {
  if (center === undefined || axis === undefined) return [];
  const [rx, turn] = [Math.hypot(axis.x, axis.y), Math.atan2(axis.y, axis.x)];
  return arc(point(0, 0), 1, startAngle, endAngle).map(({ x, y }) => {
    const [u, v] = [x * rx, y * rx * axisRatio];
    return point(
      center.x + u * Math.cos(turn) - v * Math.sin(turn),
      center.y + u * Math.sin(turn) + v * Math.cos(turn),
    );
  });
}

/** A bulge is the tangent of a quarter of the arc between two corners. */
function polyline(vertices: (IPoint & { bulge?: number })[], isClosed: boolean): IPoint[] {
  const corners = isClosed && vertices[0] !== undefined ? [...vertices, vertices[0]] : vertices;
  const path: IPoint[] = [];
  for (const [index, corner] of corners.entries()) {
    path.push(corner);
    const next = corners[index + 1];
    if (next === undefined || !corner.bulge) continue;
    const sweep = 4 * Math.atan(corner.bulge);
    const [dx, dy] = [next.x - corner.x, next.y - corner.y];
    const reach = 1 / Math.tan(sweep / 2) / 2;
    const centre = point((corner.x + next.x) / 2 - dy * reach, (corner.y + next.y) / 2 + dx * reach);
    const start = Math.atan2(corner.y - centre.y, corner.x - centre.x);
    const radius = Math.hypot(corner.x - centre.x, corner.y - centre.y);
    const steps = Math.max(4, Math.ceil(Math.abs(sweep) / 0.09));
    for (let step = 1; step < steps; step += 1) {
      const angle = start + (sweep * step) / steps;
      path.push(point(centre.x + radius * Math.cos(angle), centre.y + radius * Math.sin(angle)));
    }
  }
  return path;
}

/** De Boor over the knots; the points to pass through when that is all there is. */
function spline({
  controlPoints = [],
  fitPoints = [],
  degreeOfSplineCurve: degree = 3,
  knotValues: knots = [],
}: Anything): IPoint[] {
  if (controlPoints.length <= degree || knots.length < controlPoints.length + degree + 1) {
    return fitPoints.length > 1 ? fitPoints : controlPoints;
  }
  const from = knots[degree] as number;
  const to = knots[controlPoints.length] as number;
  const steps = Math.min(400, controlPoints.length * 12);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = Math.min(to - (to - from) * 1e-9, from + ((to - from) * step) / steps);
    let span = degree;
    while (span < controlPoints.length - 1 && t >= (knots[span + 1] as number)) span += 1;
    const near = controlPoints.slice(span - degree, span + 1).map(({ x, y }) => point(x, y));
    for (let level = 1; level <= degree; level += 1) {
      for (let index = degree; index >= level; index -= 1) {
        const at = index + span - degree;
        const low = knots[at] as number;
        const gap = (knots[at + degree - level + 1] as number) - low;
        const part = gap === 0 ? 0 : (t - low) / gap;
        const [a, b] = [near[index - 1] as IPoint, near[index] as IPoint];
        near[index] = point(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part);
      }
    }
    return near[degree] as IPoint;
  });
}

/** Takes the codes of a drawing program out of a text: fonts, stacks, special signs, letters by their number. */
export function plainText(text: string): string {
  return text
    .replace(/\\U\+([0-9A-Fa-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/%%[cC]/g, 'Ø')
    .replace(/%%[dD]/g, '°')
    .replace(/%%[pP]/g, '±')
    .replace(/%%[uUoOkK]/g, '')
    .replace(/\\P/g, '\n')
    .replace(/\\~/g, ' ')
    .replace(/\\S([^;]*);/g, (_, stack: string) => stack.replace(/[#^]/g, '/'))
    .replace(/\\[ACcFfHTQWp][^;\\]*;/g, '')
    .replace(/\\[LlOoKk]/g, '')
    .replace(/\\([\\{}])|[{}]/g, (_, kept: string | undefined) => kept ?? '');
}
