import { type House, plotDepth, plotWidth } from './house.ts';

type Pair = [code: number, value: string | number];

const LAYERS: [string, number][] = [
  ['LIMITE', 1],
  ['BORNES', 3],
  ['COTES', 5],
  ['BATI', 8],
  ['TEXTE', 7],
];

function polyline(layer: string, points: [number, number][]): Pair[] {
  return [
    [0, 'POLYLINE'],
    [8, layer],
    [66, 1],
    [70, 1],
    ...points.flatMap(([x, y]): Pair[] => [
      [0, 'VERTEX'],
      [8, layer],
      [10, x.toFixed(2)],
      [20, y.toFixed(2)],
    ]),
    [0, 'SEQEND'],
  ];
}

function text(layer: string, x: number, y: number, value: string): Pair[] {
  return [
    [0, 'TEXT'],
    [8, layer],
    [10, x.toFixed(2)],
    [20, y.toFixed(2)],
    [40, '0.50'],
    [1, value],
  ];
}

function line(layer: string, from: [number, number], to: [number, number]): Pair[] {
  return [
    [0, 'LINE'],
    [8, layer],
    [10, from[0].toFixed(2)],
    [20, from[1].toFixed(2)],
    [11, to[0].toFixed(2)],
    [21, to[1].toFixed(2)],
  ];
}

/** Writes the surveyor's plan of the boundaries as ASCII DXF (R12): boundary, markers, lengths, building. */
export function boundaryPlan(house: House): string {
  const [x, y] = [510_000 + (house.variant % 500) * 12, 505_000 + (house.variant % 300) * 9];
  const [width, depth] = [plotWidth(house), plotDepth(house)];
  const corners: [number, number][] = [
    [x, y],
    [x + width, y],
    [x + width, y + depth],
    [x, y + depth],
  ];
  const { front, side } = house.plot;
  const built: [number, number][] = [
    [x + side, y + front],
    [x + side + house.width, y + front],
    [x + side + house.width, y + front + house.depth],
    [x + side, y + front + house.depth],
  ];
  const layers = LAYERS.flatMap(([name, colour]): Pair[] => [
    [0, 'LAYER'],
    [2, name],
    [70, 0],
    [62, colour],
    [6, 'CONTINUOUS'],
  ]);
  const markers = corners.flatMap(([east, north], index): Pair[] => [
    [0, 'CIRCLE'],
    [8, 'BORNES'],
    [10, east.toFixed(2)],
    [20, north.toFixed(2)],
    [40, '0.25'],
    ...text('BORNES', east + 0.4, north + 0.4, `B${index + 1}`),
  ]);
  const pairs: Pair[] = [
    [999, 'SPECIMEN'],
    [0, 'SECTION'],
    [2, 'HEADER'],
    [9, '$ACADVER'],
    [1, 'AC1009'],
    [9, '$EXTMIN'],
    [10, x.toFixed(2)],
    [20, y.toFixed(2)],
    [9, '$EXTMAX'],
    [10, (x + width).toFixed(2)],
    [20, (y + depth).toFixed(2)],
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'TABLES'],
    [0, 'TABLE'],
    [2, 'LAYER'],
    [70, LAYERS.length],
    ...layers,
    [0, 'ENDTAB'],
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'ENTITIES'],
    ...polyline('LIMITE', corners),
    ...polyline('BATI', built),
    ...markers,
    ...line('COTES', [x, y - 1], [x + width, y - 1]),
    ...text('COTES', x + width / 2, y - 2, width.toFixed(2)),
    ...line('COTES', [x - 1, y], [x - 1, y + depth]),
    ...text('COTES', x - 3, y + depth / 2, depth.toFixed(2)),
    ...text('TEXTE', x + width / 2, y + depth / 2, `${house.title} ${house.lot}`),
    [0, 'ENDSEC'],
    [0, 'EOF'],
  ];
  return pairs.map(([code, value]) => `${String(code).padStart(3)}\r\n${value}\r\n`).join('');
}
