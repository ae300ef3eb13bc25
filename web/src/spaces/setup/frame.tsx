import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { siteQuery } from '../../api/queries.ts';
import type { FrameTools } from '../../app/tools.ts';
import classes from './frame.module.css';

/** Marks every page of a demonstration, on screen and on paper. */
function Demonstration() {
  const { t } = useTranslation();
  const site = useQuery(siteQuery).data;
  if (site?.demonstration == null) return null;
  return (
    <p className={classes.mark}>
      <strong>{t('demonstration.title')}</strong> {t('demonstration.help')}
    </p>
  );
}

export const frame: FrameTools = { banners: [Demonstration] };
