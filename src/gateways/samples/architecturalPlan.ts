import { rgb } from '@cantoo/pdf-lib';
import { floorArea, type House, plotDepth, plotWidth } from './house.ts';
import { addSheet, centred, dimension, INK, newDocument, type Sheet, THIN } from './sheet.ts';

/** Points for one metre at 1/50 and 1/100. */
const AT_50 = (1000 / 50) * (72 / 25.4);
const AT_100 = AT_50 / 2;
const WALL = 0.22;
const STOREY = 3.2;

type Point = { x: number; y: number };

function wall(sheet: Sheet, from: Point, to: Point, thickness: number): void {
  sheet.page.drawLine({ start: from, end: to, thickness, color: INK });
}

/** An opening: the wall is cut, a leaf and its swing are drawn. */
function door(sheet: Sheet, at: Point, metre: number, isAcross: boolean): void {
  const size = 0.9 * metre;
  const thick = WALL * metre + 2;
  const white = rgb(1, 1, 1);
  const end = isAcross ? { x: at.x + size, y: at.y } : { x: at.x, y: at.y + size };
  sheet.page.drawLine({ start: at, end, thickness: thick, color: white });
  const leaf = isAcross ? { x: at.x, y: at.y + size } : { x: at.x + size, y: at.y };
  sheet.page.drawLine({ start: at, end: leaf, thickness: 1.2, color: INK });
  const arc = isAcross
    ? `M 0 ${-size} A ${size} ${size} 0 0 1 ${size} 0`
    : `M ${size} 0 A ${size} ${size} 0 0 0 0 ${-size}`;
  sheet.page.drawSvgPath(arc, { x: at.x, y: at.y, borderColor: THIN, borderWidth: 0.6 });
}

function window(sheet: Sheet, at: Point, length: number, isAcross: boolean, metre: number): void {
  const half = (WALL * metre) / 2;
  sheet.page.drawRectangle({
    x: isAcross ? at.x : at.x - half,
    y: isAcross ? at.y - half : at.y,
    width: isAcross ? length : half * 2,
    height: isAcross ? half * 2 : length,
    color: rgb(1, 1, 1),
    borderColor: INK,
    borderWidth: 0.7,
  });
  const end = isAcross ? { x: at.x + length, y: at.y } : { x: at.x, y: at.y + length };
  sheet.page.drawLine({ start: at, end, thickness: 0.6, color: THIN });
}

function floorPlan(sheet: Sheet, house: House, rooms: string[]): void {
  const m = AT_50;
  const origin = { x: 130, y: 110 };
  const at = (x: number, y: number): Point => ({ x: origin.x + x * m, y: origin.y + y * m });
  const { width, depth, splitX } = house;
  const [low, high] = house.splitY;
  const thick = WALL * m;
  sheet.page.drawRectangle({
    ...at(0, 0),
    width: width * m,
    height: depth * m,
    borderColor: INK,
    borderWidth: thick,
  });
  wall(sheet, at(splitX, 0), at(splitX, depth), thick * 0.6);
  wall(sheet, at(0, low), at(width, low), thick * 0.6);
  wall(sheet, at(0, high), at(width, high), thick * 0.6);
  door(sheet, at(splitX * 0.4, 0), m, true);
  door(sheet, at(splitX, low + 0.5), m, false);
  door(sheet, at(splitX * 0.6, low), m, true);
  door(sheet, at(splitX + 0.6, low), m, true);
  door(sheet, at(splitX * 0.3, high), m, true);
  door(sheet, at(splitX + 0.8, high), m, true);
  for (const x of [splitX + 1, width * 0.1]) window(sheet, at(x, depth), 1.4 * m, true, m);
  window(sheet, at(splitX + (width - splitX) * 0.3, 0), 1.6 * m, true, m);
  for (const y of [low * 0.3, (low + high) / 2 - 0.5, high + 0.8])
    window(sheet, at(width, y), 1.1 * m, false, m);
  const columns: [number, number][] = [
    [0, splitX],
    [splitX, width],
  ];
  const lines: [number, number][] = [
    [0, low],
    [low, high],
    [high, depth],
  ];
  lines.forEach(([bottom, top], row) => {
    columns.forEach(([left, right], column) => {
      const middle = at((left + right) / 2, (bottom + top) / 2);
      centred(sheet, rooms[row * 2 + column] ?? '', middle.x, middle.y + 8, 11);
      centred(sheet, `${((right - left) * (top - bottom)).toFixed(2)} m²`, middle.x, middle.y - 7, 9);
    });
  });
  dimension(sheet, at(0, -0.6), at(splitX, -0.6), splitX);
  dimension(sheet, at(splitX, -0.6), at(width, -0.6), width - splitX);
  dimension(sheet, at(0, -1.15), at(width, -1.15), width);
  for (const [from, to] of lines) dimension(sheet, at(-0.6, from), at(-0.6, to), to - from);
  dimension(sheet, at(-1.15, 0), at(-1.15, depth), depth);
}

function elevation(sheet: Sheet, house: House): void {
  const m = AT_50;
  const levels = house.storeys + 1;
  const at = (x: number, y: number): Point => ({ x: 150 + x * m, y: 170 + y * m });
  sheet.page.drawLine({ start: at(-1.5, 0), end: at(house.width + 1.5, 0), thickness: 2, color: INK });
  for (let level = 0; level < levels; level += 1) {
    const corner = at(0, level * STOREY);
    sheet.page.drawRectangle({
      ...corner,
      width: house.width * m,
      height: STOREY * m,
      borderColor: INK,
      borderWidth: 1.2,
    });
    for (let x = 0.9; x + 1.4 < house.width; x += 2.6) {
      const isDoor = level === 0 && x < 1;
      sheet.page.drawRectangle({
        ...at(x, level * STOREY + (isDoor ? 0 : 1)),
        width: 1.2 * m,
        height: (isDoor ? 2.2 : 1.3) * m,
        borderColor: INK,
        borderWidth: 0.8,
        color: rgb(0.93, 0.95, 0.96),
      });
    }
    dimension(sheet, at(-0.7, level * STOREY), at(-0.7, (level + 1) * STOREY), STOREY);
  }
  const top = levels * STOREY + 0.8;
  sheet.page.drawRectangle({
    ...at(0, levels * STOREY),
    width: house.width * m,
    height: 0.8 * m,
    borderColor: INK,
    borderWidth: 1.2,
  });
  dimension(sheet, at(-1.3, 0), at(-1.3, top), top);
}

function sitePlan(sheet: Sheet, house: House): void {
  const m = AT_100;
  const at = (x: number, y: number): Point => ({ x: 300 + x * m, y: 200 + y * m });
  const { front, side } = house.plot;
  sheet.page.drawRectangle({
    ...at(0, 0),
    width: plotWidth(house) * m,
    height: plotDepth(house) * m,
    borderColor: INK,
    borderWidth: 1.6,
    borderDashArray: [10, 4],
  });
  sheet.page.drawRectangle({
    ...at(side, front),
    width: house.width * m,
    height: house.depth * m,
    color: rgb(0.9, 0.9, 0.88),
    borderColor: INK,
    borderWidth: 1.2,
  });
  const middle = at(side + house.width / 2, front + house.depth / 2);
  centred(sheet, `R+${house.storeys}`, middle.x, middle.y + 8, 14);
  centred(sheet, `Emprise ${floorArea(house).toFixed(2)} m²`, middle.x, middle.y - 10, 10);
  dimension(sheet, at(0, -1), at(plotWidth(house), -1), plotWidth(house));
  dimension(sheet, at(-1, 0), at(-1, front), front);
  dimension(sheet, at(-1, front), at(-1, front + house.depth), house.depth);
  dimension(sheet, at(-1, front + house.depth), at(-1, plotDepth(house)), house.plot.back);
  centred(sheet, 'Voie de 12,00 m', at(plotWidth(house) / 2, -3).x, at(0, -3).y, 11);
}

const GROUND = ['Salon', 'Cuisine', 'Hall', 'Escalier', 'Chambre 1', "Salle d'eau"];
const UPPER = ['Chambre 2', 'Chambre 3', 'Palier', 'Escalier', 'Chambre 4', 'Salle de bains'];

/** Draws the architect's plans of a dwelling as A3 sheets: floors and façade at 1/50, site at 1/100. */
export async function architecturalPlan(house: House): Promise<Uint8Array> {
  const { doc, ...fonts } = await newDocument(`Plan architectural ${house.lot} (SPECIMEN)`);
  const sheets: [string, string, (sheet: Sheet) => void][] = [
    ['Rez-de-chaussée', '1/50', (sheet) => floorPlan(sheet, house, GROUND)],
    ['Étage courant', '1/50', (sheet) => floorPlan(sheet, house, UPPER)],
    ['Façade principale', '1/50', (sheet) => elevation(sheet, house)],
    ['Plan de masse', '1/100', (sheet) => sitePlan(sheet, house)],
  ];
  sheets.forEach(([name, scale, draw], index) => {
    draw(addSheet(doc, fonts, house, { name, number: index + 1, count: sheets.length, scale }));
  });
  return doc.save();
}
