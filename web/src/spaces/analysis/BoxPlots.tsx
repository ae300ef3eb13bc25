import { BoxplotChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { number } from '../../app/format.ts';
import classes from './Analysis.module.css';
import { type Filters, occurrencesAddress } from './filters.ts';
import { lasting } from './lasting.ts';
import type { Measure } from './queries.ts';

use([BoxplotChart, GridComponent, TooltipComponent, SVGRenderer]);

/** As many boxes as one can read on a page. */
const MOST = 24;

/** The spread of the longest steps as box plots; in Arabic they run from right to left. */
export function BoxPlots({
  rows,
  filters,
  nameOf,
}: {
  rows: Measure[];
  filters: Filters;
  nameOf: (row: Measure) => string;
}) {
  const { t, i18n } = useTranslation('analysis');
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const { clock } = filters;
  const measured = rows.flatMap((row) => {
    const figures = row[clock];
    return figures === null || figures.p90 < 60 ? [] : [{ row, figures }];
  });
  const shown = measured.sort((a, b) => b.figures.median - a.figures.median).slice(0, MOST);
  const words = shown.map(({ row, figures }) =>
    t('say.box', {
      name: nameOf(row),
      min: lasting(figures.min, clock, 'long'),
      p25: lasting(figures.p25, clock, 'long'),
      median: lasting(figures.median, clock, 'long'),
      p75: lasting(figures.p75, clock, 'long'),
      p90: lasting(figures.p90, clock, 'long'),
    }),
  );

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const fit = new ResizeObserver(() => made.resize());
    fit.observe(box.current);
    return () => {
      fit.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const made = chart.current;
    if (made === null) return undefined;
    const style = getComputedStyle(document.body);
    const ink = style.getPropertyValue('--ink').trim();
    const soft = style.getPropertyValue('--soft').trim();
    const rule = style.getPropertyValue('--rule').trim();
    const rtl = i18n.language === 'ar';
    const size = clock === 'elapsed' ? 86_400 : 3_600;
    made.setOption(
      {
        animation: false,
        textStyle: { fontFamily: style.fontFamily, fontSize: 13, color: ink },
        // Mirrored by hand: a time axis that runs to the left, names on the right.
        grid: { top: 8, bottom: 44, left: rtl ? 24 : 8, right: rtl ? 8 : 24, containLabel: true },
        xAxis: {
          type: 'value',
          inverse: rtl,
          min: 0,
          name: t(`axis.${clock}`),
          nameLocation: 'middle',
          nameGap: 28,
          nameTextStyle: { color: soft, fontFamily: style.fontFamily },
          axisLabel: { color: soft, formatter: (value: number) => number(value) },
          splitLine: { lineStyle: { color: rule } },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          position: rtl ? 'right' : 'left',
          data: shown.map(({ row }) => nameOf(row)),
          axisLabel: {
            color: ink,
            width: Math.min(260, (box.current?.clientWidth ?? 600) * 0.4),
            overflow: 'truncate',
          },
          axisLine: { lineStyle: { color: rule } },
          axisTick: { show: false },
        },
        series: [
          {
            type: 'boxplot',
            boxWidth: [6, 18],
            itemStyle: {
              color: style.getPropertyValue('--good-ground').trim(),
              borderColor: style.getPropertyValue('--press').trim(),
              borderWidth: 1.5,
            },
            data: shown.map(({ figures: { min, p25, median, p75, p90 } }) =>
              [min, p25, median, p75, p90].map((seconds) => seconds / size),
            ),
          },
        ],
      },
      { notMerge: true },
    );
    const open = ({ dataIndex }: { dataIndex: number }) => {
      const row = shown[dataIndex]?.row;
      if (row !== undefined) void navigate(occurrencesAddress(filters, row));
    };
    made.on('click', open as never);
    return () => {
      made.off('click');
    };
  });

  return (
    <>
      <div
        ref={box}
        role="img"
        dir="ltr"
        aria-label={t('view.boxes')}
        aria-describedby="box-words"
        className={classes.chart}
        style={{ blockSize: Math.max(160, shown.length * 34 + 70) }}
      />
      <p className={classes.key}>{t('boxKey')}</p>
      {measured.length > shown.length && (
        <p className={classes.key}>{t('boxMore', { count: measured.length - shown.length })}</p>
      )}
      <details className={classes.words}>
        <summary>{t('inWords')}</summary>
        <ul id="box-words">
          {words.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
