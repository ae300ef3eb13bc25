import type { Bounds, Diagram, Point } from '../../src/procedures/diagram.ts';

/** What makes a diagram hard to read: slanting edges, edges through shapes that they do not join, edges on one another. */
export function drawingFaults({ nodes, flows, shapes, edges }: Diagram): string[] {
  const faults: string[] = [];
  const attached = new Map(nodes.map(({ id, attachedTo }) => [id, attachedTo]));
  const drawn = flows.flatMap((flow) => segments(edges[flow.id] ?? []).map((segment) => ({ flow, segment })));
  for (const { flow, segment } of drawn) {
    if (!isVertical(segment) && !isHorizontal(segment)) faults.push(`${flow.id} slants`);
    for (const { id } of nodes) {
      const joined = [flow.source, flow.target, attached.get(flow.source)].includes(id);
      const isOnHost = attached.get(id) === flow.source || attached.get(id) === flow.target;
      const shape = shapes[id];
      if (!joined && !isOnHost && shape !== undefined && crosses(segment, shape))
        faults.push(`${flow.id} crosses ${id}`);
    }
  }
  for (const [index, one] of drawn.entries()) {
    for (const other of drawn.slice(index + 1)) {
      if (one.flow !== other.flow && lieOnEachOther(one.segment, other.segment)) {
        faults.push(`${one.flow.id} lies on ${other.flow.id}`);
      }
    }
  }
  return faults;
}

type Segment = [Point, Point];

const segments = (points: Point[]): Segment[] =>
  points.slice(1).map((point, index) => [points[index] as Point, point]);
const isVertical = ([a, b]: Segment): boolean => a.x === b.x;
const isHorizontal = ([a, b]: Segment): boolean => a.y === b.y;
const span = (a: number, b: number): [number, number] => [Math.min(a, b), Math.max(a, b)];

function crosses([a, b]: Segment, { x, y, width, height }: Bounds): boolean {
  const [left, right] = span(a.x, b.x);
  const [top, bottom] = span(a.y, b.y);
  return left < x + width && right > x && top < y + height && bottom > y;
}

function lieOnEachOther(one: Segment, other: Segment): boolean {
  for (const [along, across] of [
    ['x', 'y'],
    ['y', 'x'],
  ] as const) {
    const level = one[0][across];
    if (![one[1][across], other[0][across], other[1][across]].every((value) => value === level)) continue;
    const [from, to] = span(one[0][along], one[1][along]);
    const [otherFrom, otherTo] = span(other[0][along], other[1][along]);
    if (Math.min(to, otherTo) - Math.max(from, otherFrom) > 1) return true;
  }
  return false;
}
