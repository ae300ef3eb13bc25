import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './IconButton.module.css';

/** A tool of the frame: an icon with its name, as a button or a link. Light, since every first visit pays for it. */
export function IconButton({
  label,
  to,
  badge,
  accent = false,
  children,
  ...rest
}: {
  label: string;
  to?: string;
  /** A short count in the corner; the label says it too. */
  badge?: string | undefined;
  accent?: boolean;
  children: ReactNode;
  onClick?: () => void;
  onPointerEnter?: () => void;
  'aria-haspopup'?: 'menu' | 'dialog';
  'aria-expanded'?: boolean;
}) {
  const inner = (
    <>
      {children}
      {badge !== undefined && (
        <span className={classes.badge} aria-hidden="true">
          {badge}
        </span>
      )}
    </>
  );
  const shared = { className: classes.tool, 'aria-label': label, 'data-accent': accent };
  return to === undefined ? (
    <button type="button" {...shared} {...rest}>
      {inner}
    </button>
  ) : (
    <Link to={to} {...shared}>
      {inner}
    </Link>
  );
}
