import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from './Loading.tsx';
import classes from './PdfPreview.module.css';
import { ProblemNotice } from './ProblemNotice.tsx';

interface Pdf {
  pages: number;
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>;
  close(): void;
}

/** Pages of a PDF that is only in memory, such as a draft still to be signed, drawn as they will print. */
export function PdfPreview({ content, label }: { content: Blob; label: string }) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<Pdf | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let open: Pdf | null = null;
    let gone = false;
    setPdf(null);
    setError(null);
    openPdf(content).then(
      (found) => {
        open = found;
        if (gone) found.close();
        else setPdf(found);
      },
      (fault: unknown) => {
        if (!gone) setError(fault);
      },
    );
    return () => {
      gone = true;
      open?.close();
    };
  }, [content]);
  if (error !== null) return <ProblemNotice error={error} />;
  if (pdf === null) return <Loading rows={8} />;
  return (
    <section className={classes.pages} aria-label={label} tabIndex={-1} data-pages={pdf.pages}>
      {Array.from({ length: pdf.pages }, (_, index) => (
        <Page
          // biome-ignore lint/suspicious/noArrayIndexKey: a page has nothing but its number.
          key={index}
          pdf={pdf}
          page={index + 1}
          label={t('preview.page', { page: index + 1, count: pdf.pages })}
        />
      ))}
    </section>
  );
}

function Page({ pdf, page, label }: { pdf: Pdf; page: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const width = Math.max(element.parentElement?.clientWidth ?? 0, 320);
    void pdf.draw(page, element, width).catch(() => undefined);
  }, [pdf, page]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

async function openPdf(content: Blob): Promise<Pdf> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ]);
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default;
  const task = pdfjs.getDocument({ data: await content.arrayBuffer(), isEvalSupported: false });
  const document = await task.promise;
  return {
    pages: document.numPages,
    async draw(number, canvas, width) {
      const page = await document.getPage(number);
      const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(devicePixelRatio, 2);
      const viewport = page.getViewport({ scale });
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await page.render({ canvas, viewport }).promise;
    },
    close: () => void task.destroy(),
  };
}
