import { type ReactNode, useId } from 'react';
import classes from './Panel.module.css';

/** A part of a page on paper, with its heading; the heading names the region. */
export function Panel({
  title,
  actions,
  children,
  level = 2,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  level?: 2 | 3;
}) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className={classes.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <div className={classes.top}>
          <Heading id={id}>{title}</Heading>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
