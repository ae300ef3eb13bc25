import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fit } from './geometry.ts';
import type { Sheets } from './sheet.ts';
import classes from './Viewer.module.css';

const SMALL = { width: 112, height: 96 };

/** The pages in small, each drawn when it comes into sight. */
export function PageList({
  sheets,
  page,
  onPage,
}: {
  sheets: Sheets;
  page: number;
  onPage(page: number): void;
}) {
  const { t } = useTranslation('viewer');
  return (
    <nav className={classes.pages} aria-label={t('pages.list')}>
      <ol>
        {Array.from({ length: sheets.pages }, (_, index) => index + 1).map((one) => (
          <li key={one}>
            <button
              type="button"
              aria-current={one === page ? 'page' : undefined}
              aria-label={t('pages.page', { page: one })}
              onClick={() => onPage(one)}
            >
              <Small sheets={sheets} page={one} />
              <span>{one}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Small({ sheets, page }: { sheets: Sheets; page: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && setSeen(true));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!isSeen) return;
    const stop = new AbortController();
    void (async () => {
      const size = await sheets.size(page);
      const made = Object.assign(document.createElement('canvas'), SMALL);
      await sheets.draw(
        page,
        made,
        fit({ width: SMALL.width + 24, height: SMALL.height + 24 }, size, 0),
        1,
        stop.signal,
      );
      canvas.current?.getContext('2d')?.drawImage(made, -12, -12);
    })().catch(() => undefined);
    return () => stop.abort();
  }, [isSeen, sheets, page]);
  return <canvas ref={canvas} width={SMALL.width} height={SMALL.height} />;
}
