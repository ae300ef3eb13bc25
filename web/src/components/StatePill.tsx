import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockPause,
  IconHourglassHigh,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StatePill.module.css';

/** good: done or in time; near: a limit comes near; late: passed, or refused; paused: it waits for the applicant. */
export type Tone = 'good' | 'near' | 'late' | 'paused' | 'plain';

const ICONS: Record<Tone, TablerIcon> = {
  good: IconCircleCheck,
  near: IconHourglassHigh,
  late: IconAlertTriangle,
  paused: IconClockPause,
  plain: IconCircleDashed,
};

/** A state: always an icon, a word and a colour together. */
export function StatePill({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: TablerIcon }) {
  const Icon = icon ?? ICONS[tone];
  return (
    <span className={classes.pill} data-tone={tone}>
      <Icon size="1.1em" aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
