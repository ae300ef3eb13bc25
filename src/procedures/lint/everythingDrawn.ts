import type { Bounds } from '../diagram.ts';
import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** Every pool, lane, flow node and flow is drawn, with a size and at least two points (BPMN 2.0, clause 12). */
export const everythingDrawn: Rule = ({ diagram }) => {
  const { pools, lanes, nodes, flows, shapes, edges } = diagram;
  const shapeless = [...pools, ...lanes, ...nodes].filter(({ id }) => !isDrawn(shapes[id]));
  const edgeless = flows.filter(({ id }) => (edges[id]?.length ?? 0) < 2);
  return [...shapeless, ...edgeless].map(({ id }) =>
    problem(
      'everythingDrawn',
      id,
      `${id} n’est pas dessiné.`,
      `العنصر ${id} غير مرسوم.`,
      `${id} is not drawn.`,
    ),
  );
};

const isDrawn = (bounds: Bounds | undefined): boolean =>
  bounds !== undefined &&
  bounds.width > 0 &&
  bounds.height > 0 &&
  Number.isFinite(bounds.x) &&
  Number.isFinite(bounds.y);
