import type { ReactNode } from 'react';
import classes from './Facts.module.css';

/** Facts with their names, as a description list; rows without a value are left out. */
export function Facts({ rows, columns = 1 }: { rows: [string, ReactNode][]; columns?: 1 | 2 }) {
  return (
    <dl className={classes.facts} data-columns={columns}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
