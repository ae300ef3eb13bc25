import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import type { Size, Turn } from './geometry.ts';
import { NotDrawable, type Sheets } from './sheet.ts';

pdfjs.GlobalWorkerOptions.workerSrc = workerAddress;

/** Fonts and tables that PDFs may leave out, served with the pages. */
const SHELF = `/app/pdf-${pdfjs.version}`;
const MM_A_POINT = 25.4 / 72;
const MOST_PIXELS = 100_000_000;

/** Begins to read a PDF, for drawing alone: nothing of it is compiled or fetched from elsewhere. */
export const readPdf = (bytes: Uint8Array<ArrayBuffer>): pdfjs.PDFDocumentLoadingTask =>
  pdfjs.getDocument({
    data: bytes,
    isEvalSupported: false,
    enableXfa: false,
    // The content policy compiles nothing; what needs it has a slower twin.
    useWasm: false,
    useWorkerFetch: false,
    cMapUrl: `${SHELF}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${SHELF}/standard_fonts/`,
    wasmUrl: `${SHELF}/wasm/`,
    maxImageSize: MOST_PIXELS,
    verbosity: 0,
  });

/** Opens a PDF: drawn to canvas alone; its scripts, forms and links are never brought to life. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Sheets> {
  const task = readPdf(bytes);
  signal.addEventListener('abort', () => void task.destroy());
  let doc: pdfjs.PDFDocumentProxy;
  try {
    doc = await task.promise;
  } catch (cause) {
    signal.throwIfAborted();
    throw new NotDrawable('broken', { cause });
  }
  const page = (number: number) => doc.getPage(number);
  return {
    pages: doc.numPages,
    unit: { mm: MM_A_POINT, of: 'paper' },
    layers: null,
    async size(number): Promise<Size> {
      const { width, height } = (await page(number)).getViewport({ scale: 1 });
      return { width, height };
    },
    async draw(number, canvas, view, density, stop) {
      const sheet = await page(number);
      stop.throwIfAborted();
      const rotation = ((sheet.rotate + view.turn) % 360) as Turn;
      const viewport = sheet.getViewport({ scale: view.scale * density, rotation });
      const context = canvas.getContext('2d');
      if (context === null) return;
      const [x, y] = [view.x * density, view.y * density];
      context.fillStyle = '#fff';
      context.fillRect(x, y, viewport.width, viewport.height);
      const drawing = sheet.render({
        canvas,
        viewport,
        transform: [1, 0, 0, 1, x, y],
        background: 'rgba(0,0,0,0)',
      });
      const cancel = (): void => drawing.cancel();
      stop.addEventListener('abort', cancel);
      try {
        await drawing.promise;
      } catch (error) {
        stop.throwIfAborted();
        throw error;
      } finally {
        stop.removeEventListener('abort', cancel);
      }
    },
    close: () => void task.destroy(),
  };
}
