import 'leaflet/dist/leaflet.css';
import { Button, FileButton, TextInput } from '@mantine/core';
import L from 'leaflet';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { figureOf } from '../figure.ts';
import { isInMorocco, MOROCCO, type Point, pointOf, pointOfGeoJson, rounded } from './geometry.ts';
import { PlaceText } from './PlaceText.tsx';
import { PLACES } from './places.ts';
import classes from './siteMap.module.css';

const WHOLE: [number, number][] = [
  [MOROCCO.south, MOROCCO.west],
  [MOROCCO.north, MOROCCO.east],
];
const MOST_BYTES = 1_000_000;
/** How far an arrow key moves the marker, in pixels: at any scale one sees it move. */
const STEP = 10;

export interface SiteMapProps {
  id: string;
  label: string;
  help: string | undefined;
  error: string | undefined;
  readOnly: boolean;
  value: unknown;
  onBlur: () => void;
  onChange: (value: { type: 'Point'; coordinates: Point } | undefined) => void;
}

/**
 * Where the land is: by clicking, dragging, the arrow keys, two figures or a GeoJSON file. The map is a plain grid with
 * towns, drawn here: nothing is fetched from outside. Lambert coordinates are shown, never asked.
 */
export function SiteMap({ id, label, help, error, readOnly, value, onBlur, onChange }: SiteMapProps) {
  const { t, i18n } = useTranslation('forms');
  const note = useId();
  const board = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const marker = useRef<L.Marker | null>(null);
  const [said, setSaid] = useState<{ fault: boolean; text: string } | null>(null);
  const point = pointOf(value);

  const place = (next: Point) => {
    const exact = rounded(next);
    if (readOnly) return;
    setSaid(isInMorocco(exact) ? null : { fault: true, text: t('map.outside') });
    onChange({ type: 'Point', coordinates: exact });
  };
  // Leaflet keeps what it was given first: it must always reach the newest.
  const latest = useRef({ place, point, onBlur });
  latest.current = { place, point, onBlur };

  useEffect(() => {
    if (board.current === null) return;
    const made = L.map(board.current, {
      attributionControl: false,
      zoomControl: false,
      keyboard: false,
      minZoom: 4,
      maxZoom: 20,
      maxBounds: L.latLngBounds(WHOLE).pad(0.3),
      zoomAnimation: false,
      fadeAnimation: false,
    });
    map.current = made;
    new Grid().addTo(made);
    for (const { ar, fr, at, big } of PLACES) {
      const text = i18n.language === 'ar' ? ar : fr;
      const dot = L.circleMarker(at, {
        radius: big ? 4 : 3,
        className: classes.town ?? '',
        interactive: false,
      }).addTo(made);
      dot.bindTooltip(text, {
        permanent: true,
        direction: 'auto',
        className: big ? (classes.city ?? '') : (classes.name ?? ''),
        offset: [6, 0],
      });
    }
    L.control.scale({ imperial: false, position: 'bottomright' }).addTo(made);
    const first = latest.current.point;
    if (first === null) made.fitBounds(L.latLngBounds(WHOLE));
    else made.setView([first[1], first[0]], 15);
    const far = () => board.current?.toggleAttribute('data-far', made.getZoom() < 7);
    made.on('zoomend', far);
    far();
    made.on('click', ({ latlng }) => latest.current.place([latlng.lng, latlng.lat]));
    const sized = new ResizeObserver(() => made.invalidateSize({ animate: false }));
    sized.observe(board.current);
    return () => {
      sized.disconnect();
      made.remove();
      map.current = null;
      marker.current = null;
    };
  }, [i18n.language]);

  const [longitude, latitude] = point ?? [undefined, undefined];
  useEffect(() => {
    const made = map.current;
    if (made === null) return;
    if (longitude === undefined || latitude === undefined || !isInMorocco([longitude, latitude])) {
      marker.current?.remove();
      marker.current = null;
      return;
    }
    const at = L.latLng(latitude, longitude);
    if (marker.current === null) {
      const icon = L.divIcon({ className: classes.marker ?? '', iconSize: [28, 28], iconAnchor: [14, 28] });
      marker.current = L.marker(at, {
        icon,
        draggable: !readOnly,
        keyboard: false,
        interactive: !readOnly,
      }).addTo(made);
      marker.current.on('dragend', () => {
        const { lng, lat } = marker.current?.getLatLng() ?? at;
        latest.current.place([lng, lat]);
      });
    } else marker.current.setLatLng(at);
    if (!made.getBounds().pad(-0.05).contains(at))
      made.setView(at, Math.max(made.getZoom(), 12), { animate: false });
  }, [longitude, latitude, readOnly]);

  /** Exact figures deserve more than a mark on the whole country. */
  const goThere = () => {
    const made = map.current;
    if (made !== null && point !== null && isInMorocco(point))
      made.setView([point[1], point[0]], Math.max(made.getZoom(), 13), { animate: false });
  };
  const zoom = (by: number) => {
    const made = map.current;
    if (made === null) return;
    const around = point === null ? made.getCenter() : L.latLng(point[1], point[0]);
    made.setZoomAround(around, made.getZoom() + by, { animate: false });
  };
  const press = (event: React.KeyboardEvent) => {
    const made = map.current;
    if (made === null) return;
    const by = { ArrowUp: [0, -STEP], ArrowDown: [0, STEP], ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0] }[
      event.key
    ];
    if (by !== undefined) {
      event.preventDefault();
      const from = made.latLngToContainerPoint(point === null ? made.getCenter() : [point[1], point[0]]);
      const to = made.containerPointToLatLng(from.add(by as [number, number]));
      place([to.lng, to.lat]);
    } else if (event.key === '+' || event.key === '=') zoom(1);
    else if (event.key === '-') zoom(-1);
  };

  const read = async (file: File | null) => {
    if (file === null) return;
    if (file.size > MOST_BYTES) return setSaid({ fault: true, text: t('map.fileTooLarge') });
    const found = pointOfGeoJson(await file.text());
    if (found === null) return setSaid({ fault: true, text: t('map.fileUnread') });
    place(found);
    map.current?.setView([found[1], found[0]], 17, { animate: false });
    setSaid({ fault: false, text: t('map.fileRead', { name: `\u2068${file.name}\u2069` }) });
  };

  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={classes.site}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void read(event.dataTransfer.files[0] ?? null);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onBlur();
      }}
    >
      <legend>{label}</legend>
      <p className={classes.help}>
        {!readOnly && t('map.hint')} {help}
      </p>
      {error !== undefined && <p className={classes.fault}>{error}</p>}
      <div className={classes.frame}>
        <div
          ref={board}
          dir="ltr"
          className={classes.board}
          role="application"
          aria-label={`${label}. ${t('map.board')}`}
          aria-describedby={note}
          tabIndex={readOnly ? -1 : 0}
          onKeyDown={press}
        />
        <div className={classes.zoom}>
          <Button variant="default" size="compact-md" onClick={() => zoom(1)} aria-label={t('map.zoomIn')}>
            +
          </Button>
          <Button variant="default" size="compact-md" onClick={() => zoom(-1)} aria-label={t('map.zoomOut')}>
            −
          </Button>
        </div>
      </div>
      {!readOnly && (
        <div className={classes.figures}>
          <Degrees
            label={t('map.latitude')}
            help={t('map.latitudeHelp')}
            value={latitude}
            onValue={(next) => place([longitude ?? -6, next])}
            onLeave={goThere}
          />
          <Degrees
            label={t('map.longitude')}
            help={t('map.longitudeHelp')}
            value={longitude}
            onValue={(next) => place([next, latitude ?? 32])}
            onLeave={goThere}
          />
          <div className={classes.file}>
            <span>{t('map.file')}</span>
            <FileButton
              onChange={(file) => void read(file)}
              accept=".geojson,.json,application/geo+json,application/json"
            >
              {(button) => (
                <Button {...button} variant="default">
                  {t('map.fileChoose')}
                </Button>
              )}
            </FileButton>
          </div>
        </div>
      )}
      <div id={note} className={classes.where} role="status">
        {said !== null && <p className={said.fault ? classes.fault : undefined}>{said.text}</p>}
        {point === null ? (
          <p>{t('map.none')}</p>
        ) : (
          <p>
            <PlaceText value={value} />
          </p>
        )}
      </div>
    </fieldset>
  );
}

/** One coordinate as it is typed; it moves the marker as soon as it is a figure. */
function Degrees({
  label,
  help,
  value,
  onValue,
  onLeave,
}: {
  label: string;
  help: string;
  value: number | undefined;
  onValue: (value: number) => void;
  /** Called when the field is left with a figure that was typed. */
  onLeave: () => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const kept = value === undefined ? '' : String(value);
  const shown =
    typed !== null && (figureOf(typed.replace('−', '-')) === value || typeof figureOf(typed) !== 'number')
      ? typed
      : kept;
  return (
    <TextInput
      label={label}
      description={help}
      dir="ltr"
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const figure = figureOf(text.replace('−', '-'));
        if (typeof figure === 'number' && Math.abs(figure) <= 90) onValue(figure);
      }}
      onBlur={() => {
        if (typed !== null) onLeave();
        setTyped(null);
      }}
    />
  );
}

/** A plain grid instead of tiles. */
const Grid = L.GridLayer.extend({
  createTile(): HTMLElement {
    const tile = document.createElement('div');
    tile.className = classes.tile ?? '';
    return tile;
  },
}) as unknown as new () => L.GridLayer;
