import { expect } from 'chai';
import fc from 'fast-check';
import { cellOf, cellsAround, metresBetween, NEAR_METRES, siteKeys } from '../../src/domain/siteKeys.ts';

const landOf = (reference: unknown, status = 'title') =>
  siteKeys({ land: { status, reference: reference as string } }).land;

describe('site keys', () => {
  it('take the spellings of one title for one land', () => {
    const spellings = ['T-1001/19', 'TF 1001/19', 't. 1001 / 19', '1001/19'];
    expect(new Set(spellings.map((one) => landOf(one))).size).to.equal(1);
  });

  it('keep apart another number, another kind of land and what says nothing', () => {
    expect(landOf('T-1001/19')).not.to.equal(landOf('T-1001/91'));
    expect(landOf('1001/19')).not.to.equal(landOf('1001/19', 'requisition'));
    for (const nothing of ['', ' - ', 7, null, ['x']]) expect(landOf(nothing)).to.equal(null);
    expect(siteKeys({})).to.deep.equal({ land: null, owner: null, place: null });
    expect(siteKeys({ land: { location: { coordinates: ['x', 1] } } }).place).to.equal(null);
  });

  it('find whatever is near in the cells around, anywhere in Morocco', () => {
    const places = fc.record({
      longitude: fc.double({ min: -17, max: -1, noNaN: true }),
      latitude: fc.double({ min: 21, max: 36, noNaN: true }),
    });
    const step = fc.double({ min: -0.0008, max: 0.0008, noNaN: true });
    fc.assert(
      fc.property(places, step, step, (place, east, north) => {
        const other = { longitude: place.longitude + east, latitude: place.latitude + north };
        fc.pre(metresBetween(place, other) <= NEAR_METRES);
        expect(cellsAround(place)).to.include(cellOf(other));
      }),
    );
  });

  it('measure along the earth', () => {
    const here = { longitude: -5.26, latitude: 35.17 };
    expect(metresBetween(here, here)).to.equal(0);
    expect(metresBetween(here, { ...here, latitude: 35.18 })).to.be.closeTo(1112, 2);
  });
});
