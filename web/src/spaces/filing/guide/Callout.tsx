import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './callout.module.css';

/** Something to know before going on: in words, with its icon and colour. */
export function Callout({
  tone,
  title,
  role = 'status',
  children,
}: {
  tone: 'late' | 'near' | 'paused';
  title?: string;
  role?: 'status' | 'alert';
  children: ReactNode;
}) {
  const Icon = tone === 'paused' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.callout} data-tone={tone} role={role}>
      <Icon aria-hidden="true" />
      <div>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
