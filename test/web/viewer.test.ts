import { expect } from 'chai';
import DxfParser from 'dxf-parser';
import fc from 'fast-check';
import { EmptyDrawing, plainText, sceneOf } from '../../web/src/viewer/dxfScene.ts';
import {
  lengthOf,
  pan,
  type Turn,
  toSheet,
  toStage,
  fit as whole,
  zoom,
} from '../../web/src/viewer/geometry.ts';

const TURNS: Turn[] = [0, 90, 180, 270];
const turn = fc.constantFrom(...TURNS);
const size = fc.record({
  width: fc.integer({ min: 10, max: 5000 }),
  height: fc.integer({ min: 10, max: 5000 }),
});
const place = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});

const dxf = (...pairs: (string | number)[]) => {
  const text = ['0', 'SECTION', '2', 'ENTITIES', ...pairs, '0', 'ENDSEC', '0', 'EOF'].join('\n');
  const parsed = new DxfParser().parseSync(text);
  if (parsed === null) throw new Error('no drawing');
  return parsed;
};

describe('the plan viewer', () => {
  it('finds a place again on the stage and back, however the sheet is turned and moved', () => {
    fc.assert(
      fc.property(
        size,
        size,
        turn,
        place,
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (stage, sheet, by, at, factor) => {
          // given
          const fitted = whole({ width: stage.width + 100, height: stage.height + 100 }, sheet, by);
          const view = pan(
            zoom(fitted, factor, { x: 40, y: 50 }, fitted.scale),
            { x: 7, y: -9 },
            stage,
            sheet,
          );

          // when
          const back = toSheet(view, sheet, toStage(view, sheet, at));

          // then
          expect(back.x).to.be.closeTo(at.x, 1e-6);
          expect(back.y).to.be.closeTo(at.y, 1e-6);
        },
      ),
    );
  });

  it('keeps what is under the pointer where it is while it comes closer', () => {
    const sheet = { width: 1190, height: 842 };
    for (const by of TURNS) {
      const view = whole({ width: 800, height: 600 }, sheet, by);
      const at = { x: 300, y: 200 };
      const before = toSheet(view, sheet, at);
      const after = toSheet(zoom(view, 3, at, view.scale), sheet, at);
      expect(after.x).to.be.closeTo(before.x, 1e-9);
      expect(after.y).to.be.closeTo(before.y, 1e-9);
    }
  });

  it('turns a sheet clockwise', () => {
    const sheet = { width: 200, height: 100 };
    const view = { scale: 1, x: 0, y: 0, turn: 90 as const };
    expect(toStage(view, sheet, { x: 0, y: 0 })).to.deep.equal({ x: 100, y: 0 });
    expect(toStage(view, sheet, { x: 1, y: 1 })).to.deep.equal({ x: 0, y: 200 });
  });

  it('tells the length of a line in units of the sheet', () => {
    expect(lengthOf({ x: 0, y: 0 }, { x: 0.3, y: 0.4 }, { width: 100, height: 100 })).to.be.closeTo(50, 1e-9);
  });
});

describe('drawings in DXF', () => {
  it('are flattened with their layers, y downwards, beginning at the corner', () => {
    const scene = sceneOf(
      dxf(
        '0',
        'LINE',
        '8',
        'WALLS',
        '10',
        5,
        '20',
        5,
        '11',
        15,
        '21',
        5,
        '0',
        'LINE',
        '8',
        'TREES',
        '10',
        5,
        '20',
        5,
        '11',
        5,
        '21',
        9,
      ),
    );
    expect([scene.width, scene.height]).to.deep.equal([10, 4]);
    expect(scene.layers.map(({ name }) => name)).to.deep.equal(['TREES', 'WALLS']);
    const walls = scene.strokes.find(({ layer }) => layer === 'WALLS');
    expect([...(walls?.points ?? [])]).to.deep.equal([0, 4, 10, 4]);
  });

  it('bend a polyline by its bulge: a half circle reaches as far as its radius', () => {
    const scene = sceneOf(
      dxf('0', 'LWPOLYLINE', '8', '0', '90', 2, '70', 0, '10', 0, '20', 0, '42', 1, '10', 2, '20', 0),
    );
    expect(scene.width).to.be.closeTo(2, 0.01);
    expect(scene.height).to.be.closeTo(1, 0.01);
  });

  it('keep what looks like markup as text, and read letters given by number', () => {
    const scene = sceneOf(
      dxf(
        '0',
        'TEXT',
        '8',
        '0',
        '10',
        0,
        '20',
        0,
        '40',
        1,
        '1',
        '<script>alert(1)</script>',
        '0',
        'LINE',
        '8',
        '0',
        '10',
        0,
        '20',
        0,
        '11',
        1,
        '21',
        1,
      ),
    );
    expect(scene.letters[0]?.text).to.equal('<script>alert(1)</script>');
    expect(plainText('\\U+0648\\U+0627\\U+062C')).to.equal('واج');
    expect(plainText('{\\fArial|b0|i0;Chambre}\\P%%c20 \\{x\\}')).to.equal('Chambre\nØ20 {x}');
  });

  it('end, though blocks hold one another and inserts multiply', () => {
    // given
    const insert = {
      type: 'INSERT',
      name: 'B',
      layer: '0',
      position: { x: 0, y: 0, z: 0 },
      columnCount: 100,
      rowCount: 100,
    };
    const line = {
      type: 'LINE',
      layer: '0',
      vertices: [
        { x: 0, y: 0, z: 0 },
        { x: 1, y: 1, z: 0 },
      ],
    };
    const block = {
      entities: [line, { ...insert, columnCount: 4, rowCount: 4 }],
      position: { x: 0, y: 0, z: 0 },
    };
    const hostile = {
      header: {},
      tables: {},
      entities: [{ ...insert, columnCount: 4, rowCount: 4 }],
      blocks: { B: block },
    };

    // when
    const scene = sceneOf(hostile as never);

    // then
    expect(scene.strokes[0]?.points.length).to.be.within(1000, 1_000_000);
  });

  it('say so when there is nothing in them', () => {
    expect(() => sceneOf(dxf())).to.throw(EmptyDrawing);
  });
});
