import { type House, plotDepth, plotWidth } from './house.ts';
import { Picture } from './png.ts';
import { drawFrom } from './random.ts';

const PAPER = [250, 248, 242] as const;
const STREET = [222, 217, 206] as const;
const LINE = [90, 86, 80] as const;
const GREEN = [11, 93, 82] as const;
const RED = [178, 38, 30] as const;

/** Draws the plot among its neighbours, as the map that shows where the building will stand. */
export function situationPlan(house: House): Buffer {
  const draw = drawFrom(house.variant + 7919);
  const picture = new Picture(1200, 900, PAPER);
  const [streetX, streetY] = [draw(480, 620), draw(400, 520)];
  picture.rectangle(streetX, 0, 46, 900, STREET);
  picture.rectangle(0, streetY, 1200, 60, STREET);
  const blocks: [number, number, number, number][] = [
    [30, 30, streetX - 60, streetY - 60],
    [streetX + 76, 30, 1094 - streetX, streetY - 60],
    [30, streetY + 90, streetX - 60, 720 - streetY],
    [streetX + 76, streetY + 90, 1094 - streetX, 720 - streetY],
  ];
  for (const [left, top, width, height] of blocks) {
    const count = Math.max(2, Math.floor(width / draw(80, 130)));
    for (let index = 0; index < count; index += 1) {
      const lot = width / count;
      picture.frame(left + index * lot, top, lot, height / 2, 2, LINE);
      picture.frame(left + index * lot, top + height / 2, lot, height / 2, 2, LINE);
      const built = draw(0.45, 0.75);
      const isPlot = left > streetX && top > streetY && index === 0;
      if (isPlot) continue;
      picture.hatch(left + index * lot + 8, top + 10, lot - 16, (height / 2) * built, 9, STREET);
      picture.frame(left + index * lot + 8, top + 10, lot - 16, (height / 2) * built, 2, LINE);
    }
  }
  const scale = 8;
  const plot = { width: plotWidth(house) * scale, height: plotDepth(house) * scale };
  const [left, top] = [streetX + 80, streetY + 92];
  picture.rectangle(left, top, plot.width, plot.height, PAPER);
  picture.hatch(left, top, plot.width, plot.height, 12, RED);
  picture.frame(left, top, plot.width, plot.height, 5, RED);
  picture.text('N', 460, 842, 5, LINE);
  picture.rectangle(500, 838, 4, 44, LINE);
  for (let index = 0; index < 4; index += 1) {
    picture.rectangle(60 + index * 80, 856, 80, 10, index % 2 === 0 ? LINE : STREET);
  }
  picture.text('SPECIMEN', 900, 842, 5, GREEN);
  return picture.encode();
}
