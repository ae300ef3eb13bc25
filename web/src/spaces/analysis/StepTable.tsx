import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { number } from '../../app/format.ts';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Analysis.module.css';
import { type Dimension, type Filters, occurrencesAddress } from './filters.ts';
import { lasting } from './lasting.ts';
import type { Measure, Names } from './queries.ts';

const FIGURES = ['median', 'p75', 'p90', 'mean', 'min', 'max'] as const;
type Column = 'step' | Dimension | 'finished' | 'open' | (typeof FIGURES)[number];
const AT_ONCE = 150;

/** The measures as a table: sorted by any column, every figure a way to the dossiers it counts. */
export function StepTable({ rows, filters, names }: { rows: Measure[]; filters: Filters; names: Names }) {
  const { t, i18n } = useTranslation('analysis');
  const [sort, setSort] = useUrlState('sort', '-median');
  const manyProcedures = new Set(rows.map(({ procedure }) => procedure)).size > 1;
  const dimensions = filters.by.filter((one) => one !== 'procedure' || manyProcedures);
  const shown: Dimension[] =
    manyProcedures && !dimensions.includes('procedure') ? ['procedure', ...dimensions] : dimensions;
  const columns: Column[] = ['step', ...shown, 'finished', 'open', ...FIGURES];
  const descending = sort.startsWith('-');
  const column = (descending ? sort.slice(1) : sort) as Column;
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(i18n.language);
    const sortKey = (row: Measure): number | string => {
      if (column === 'finished' || column === 'open') return row[column];
      if (column === 'step') return names.step(row.procedure, row.flowNode);
      const figure = FIGURES.find((one) => one === column);
      if (figure !== undefined) return row[filters.clock]?.[figure] ?? -1;
      const value = row[column as Dimension] ?? null;
      return column === 'month' ? (value ?? '') : names.value(column as Dimension, value);
    };
    const keyed = rows.map((row) => ({ row, value: sortKey(row) }));
    keyed.sort((a, b) =>
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value)),
    );
    if (descending) keyed.reverse();
    return keyed.map(({ row }) => row);
  }, [rows, column, descending, names, filters.clock, i18n.language]);
  const [count, more] = useGrowing(sorted);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reached by the keyboard.
    <section className={classes.scroll} aria-label={t('view.table')} tabIndex={0}>
      <table className={classes.table} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr>
            {columns.map((one) => {
              const isSorted = one === column;
              const Icon = isSorted ? (descending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
              const isFigure =
                one === 'finished' || one === 'open' || FIGURES.some((figure) => figure === one);
              return (
                <th
                  key={one}
                  scope="col"
                  data-figure={isFigure || undefined}
                  aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : 'none'}
                >
                  <UnstyledButton
                    className={classes.sort}
                    onClick={() =>
                      setSort(isSorted ? (descending ? one : `-${one}`) : isFigure ? `-${one}` : one)
                    }
                  >
                    {t(`column.${one}`)}
                    <Icon size={14} aria-hidden="true" />
                  </UnstyledButton>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, count).map((row, at) => {
            const figures = row[filters.clock];
            const address = occurrencesAddress(filters, row);
            const key = [row.procedure, row.flowNode, ...shown.map((one) => row[one] ?? '')].join(' ');
            return (
              <tr key={key} aria-rowindex={at + 2}>
                <th scope="row">
                  <Link to={address}>
                    <bdi>{names.step(row.procedure, row.flowNode)}</bdi>
                  </Link>
                </th>
                {shown.map((one) => (
                  <td key={one}>
                    <bdi>{names.value(one, row[one] ?? null)}</bdi>
                  </td>
                ))}
                <td data-figure>
                  <Link to={address} tabIndex={-1}>
                    {number(row.finished)}
                  </Link>
                </td>
                <td data-figure>
                  {row.open === 0 ? (
                    number(0)
                  ) : (
                    <Link to={occurrencesAddress(filters, row, 'open')}>
                      {number(row.open)}
                      <span className="hidden-visually">
                        {' '}
                        {t('openAt', { step: names.step(row.procedure, row.flowNode) })}
                      </span>
                    </Link>
                  )}
                </td>
                {FIGURES.map((figure) => (
                  <td key={figure} data-figure>
                    {figures === null ? (
                      '—'
                    ) : (
                      <Link to={address} tabIndex={-1}>
                        <bdi>{lasting(figures[figure], filters.clock)}</bdi>
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {count < sorted.length && (
        <div ref={more} className={classes.more}>
          {t('shown', { shown: number(count), all: number(sorted.length) })}
        </div>
      )}
    </section>
  );
}

/** Draws the first rows at once, and more as one comes near their end: ten thousand at once would hold the page. */
function useGrowing(rows: unknown): [number, React.RefObject<HTMLDivElement | null>] {
  const [count, setCount] = useState(AT_ONCE);
  const more = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins from its start.
  useEffect(() => setCount(AT_ONCE), [rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves with every growth.
  useEffect(() => {
    if (more.current === null) return undefined;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setCount((now) => now + AT_ONCE);
      },
      { rootMargin: '600px' },
    );
    watch.observe(more.current);
    const all = () => setCount(Number.POSITIVE_INFINITY);
    addEventListener('beforeprint', all);
    return () => {
      watch.disconnect();
      removeEventListener('beforeprint', all);
    };
  }, [count, rows]);
  return [count, more];
}
