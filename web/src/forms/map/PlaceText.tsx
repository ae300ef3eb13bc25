import { useTranslation } from 'react-i18next';
import { number } from '../../app/format.ts';
import { pointOf } from './geometry.ts';
import { lambert } from './lambert.ts';

const degrees = (value: number) => number(value, { minimumFractionDigits: 5, maximumFractionDigits: 5 });
const metres = (value: number) => number(value, { maximumFractionDigits: 0 });

/** A place in words: degrees, and the Lambert coordinates that surveyors want. */
export function PlaceText({ value }: { value: unknown }) {
  const { t } = useTranslation('forms');
  const point = pointOf(value);
  if (point === null) return t('nothing');
  const [longitude, latitude] = point;
  const { zone, x, y } = lambert(longitude, latitude);
  return (
    <>
      {t('map.latitude')} <bdi dir="ltr">{degrees(latitude)}</bdi>, {t('map.longitude')}{' '}
      <bdi dir="ltr">{degrees(longitude)}</bdi>
      <br />
      <small>
        {t('map.lambert')} :{' '}
        <bdi dir="ltr">
          X {metres(x)} · Y {metres(y)}
        </bdi>{' '}
        ({t('map.lambertZone', { zone })})
      </small>
    </>
  );
}
