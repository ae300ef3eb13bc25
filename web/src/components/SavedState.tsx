import { IconAlertTriangle, IconCheck, IconDots, IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '../app/format.ts';

/** How safe what was typed is. */
export type Saved =
  | { is: 'idle' }
  | { is: 'saving' }
  | { is: 'saved'; at: number }
  | { is: 'here'; reason: 'offline' | 'expired' }
  | { is: 'conflict' };

/** Says in a corner of the form that it is saved, and when. */
export function SavedState({ state }: { state: Saved }) {
  const { t } = useTranslation();
  const icons = {
    idle: null,
    saving: <IconDots />,
    saved: <IconCheck />,
    here: <IconWifiOff />,
    conflict: <IconAlertTriangle />,
  };
  const words =
    state.is === 'idle'
      ? ''
      : state.is === 'saved'
        ? t('saved.at', { time: timeOfDay(state.at) })
        : state.is === 'here'
          ? t(`saved.${state.reason}`)
          : t(`saved.${state.is}`);
  return (
    <span
      role="status"
      style={{
        display: 'inline-flex',
        gap: 6,
        alignItems: 'center',
        color: 'var(--soft)',
        fontSize: 'var(--text-small)',
      }}
    >
      <span aria-hidden="true" style={{ display: 'inline-flex', inlineSize: '1.2em' }}>
        {icons[state.is]}
      </span>
      {words}
    </span>
  );
}
