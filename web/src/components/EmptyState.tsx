import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';
import { Star } from './Star.tsx';

/** Says what would be here and how it gets here. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <Star size={72} />
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
