import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schema } from '../../../api/client.ts';
import { Callout } from './Callout.tsx';

/** Says early what would stop the filing whatever else is filled in: the project's size, or an office that is not there. */
export function SizeNotice({ needs }: { needs: Schema<'DossierNeeds'> | undefined }) {
  const { t } = useTranslation('filing');
  const large = needs?.size?.size === 'large';
  if (!large && needs?.served !== false) return null;
  return (
    <Callout tone="late" title={t(large ? 'stop.large' : 'stop.unserved')}>
      <p>
        {t(large ? 'stop.largeHelp' : 'stop.unservedHelp')} {large && <bdi>({needs?.size?.article})</bdi>}
      </p>
      {large && <Link to="/needs">{t('stop.other')}</Link>}
    </Callout>
  );
}
