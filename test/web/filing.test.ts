import { expect } from 'chai';
import { figureOf } from '../../web/src/forms/figure.ts';
import { pointOfGeoJson } from '../../web/src/forms/map/geometry.ts';
import { lambert } from '../../web/src/forms/map/lambert.ts';
import { merge, same, withValue } from '../../web/src/spaces/filing/guide/merge.ts';

describe('a draft in two windows', () => {
  const base = { land: { reference: 'T-1', address: '1, rue' }, project: { shops: 0 } };

  it('keeps what only one of them has changed', () => {
    // given
    const mine = { land: { reference: 'T-2', address: '1, rue' }, project: { shops: 0 } };
    const theirs = {
      land: { reference: 'T-1', address: '2, rue' },
      project: { shops: 0 },
      owner: { name: 'A' },
    };

    // when
    const { merged, clashes } = merge(base, mine, theirs);

    // then
    expect(clashes).to.deep.equal([]);
    expect(merged).to.deep.equal({
      land: { reference: 'T-2', address: '2, rue' },
      project: { shops: 0 },
      owner: { name: 'A' },
    });
  });

  it('tells where both have changed the same, and keeps mine until somebody chooses', () => {
    const mine = { land: { reference: 'T-2', address: '1, rue' } };
    const theirs = { land: { reference: 'T-3', address: '1, rue' } };
    const { merged, clashes } = merge(base, mine, theirs);
    expect(clashes).to.deep.equal([{ path: ['land', 'reference'], mine: 'T-2', theirs: 'T-3' }]);
    expect(merged).to.deep.equal(mine);
    expect(withValue(merged, ['land', 'reference'], 'T-3')).to.deep.equal(theirs);
  });

  it('takes a removal for a change, and a point on the map for one answer', () => {
    const point = (x: number, y: number) => ({ at: { type: 'Point', coordinates: [x, y] } });
    expect(merge(base, { land: base.land }, base).merged).to.deep.equal({ land: base.land });
    expect(merge(point(0, 0), point(1, 0), point(0, 1)).clashes.map(({ path }) => path)).to.deep.equal([
      ['at'],
    ]);
    expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).to.equal(true);
    expect(same([1, 2], [2, 1])).to.equal(false);
  });
});

describe('what is typed', () => {
  it('reads figures as they are written here, and keeps what is none', () => {
    expect(figureOf('1 250,5')).to.equal(1250.5);
    expect(figureOf('٣٤٫٥')).to.equal(34.5);
    expect(figureOf('')).to.equal(undefined);
    expect(figureOf('douze')).to.equal('douze');
    expect(figureOf('1e9')).to.equal('1e9');
  });

  it('takes a place in Morocco from GeoJSON, and nothing else', () => {
    const plot = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: {},
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [-5.4, 35],
                [-5.2, 35],
                [-5.2, 35.2],
                [-5.4, 35],
              ],
            ],
          },
        },
      ],
    };
    expect(pointOfGeoJson(JSON.stringify(plot))).to.deep.equal([-5.3, 35.1]);
    expect(pointOfGeoJson('{"type":"Point","coordinates":[2.35,48.85]}')).to.equal(null);
    expect(pointOfGeoJson('<svg onload="alert(1)">')).to.equal(null);
    expect(pointOfGeoJson('[]')).to.equal(null);
  });

  it('gives Lambert coordinates of the zone of the latitude', () => {
    // The origin of zone I is on the ground 33.3° north, 5.4° west of the Merchich datum, some metres from WGS 84.
    const origin = lambert(-5.4, 33.3);
    expect(origin.zone).to.equal('I');
    expect(origin.x).to.be.closeTo(500_000, 300);
    expect(origin.y).to.be.closeTo(300_000, 300);
    expect(lambert(-9.6, 30.42).zone).to.equal('II');
    expect(lambert(-13.2, 27.15).zone).to.equal('III');
    expect(lambert(-15.9, 23.7).zone).to.equal('IV');
  });
});
