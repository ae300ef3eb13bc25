import proj4 from 'proj4';

/** Moroccan Lambert on the Merchich datum (EPSG 26191, 26192, 26194, 26195): zones by latitude, northernmost first. */
const MERCHICH = '+a=6378249.2 +b=6356515 +towgs84=31,146,47,0,0,0,0 +units=m +no_defs';
const ZONES = [
  {
    name: 'I',
    from: 31.5,
    definition: '+proj=lcc +lat_1=33.3 +lat_0=33.3 +lon_0=-5.4 +k_0=0.999625769 +x_0=500000 +y_0=300000',
  },
  {
    name: 'II',
    from: 27.9,
    definition: '+proj=lcc +lat_1=29.7 +lat_0=29.7 +lon_0=-5.4 +k_0=0.999615596 +x_0=500000 +y_0=300000',
  },
  {
    name: 'III',
    from: 24.3,
    definition: '+proj=lcc +lat_1=26.1 +lat_0=26.1 +lon_0=-5.4 +k_0=0.999616304 +x_0=1200000 +y_0=400000',
  },
  {
    name: 'IV',
    from: -90,
    definition: '+proj=lcc +lat_1=22.5 +lat_0=22.5 +lon_0=-5.4 +k_0=0.999616437 +x_0=1500000 +y_0=400000',
  },
] as const;

/** Easting and northing in metres as surveyors write them, computed from what the map says and never asked for. */
export function lambert(longitude: number, latitude: number): { zone: string; x: number; y: number } {
  const zone = ZONES.find(({ from }) => latitude >= from) ?? ZONES[3];
  const [x, y] = proj4(`${zone.definition} ${MERCHICH}`, [longitude, latitude]);
  return { zone: zone.name, x: x ?? Number.NaN, y: y ?? Number.NaN };
}
