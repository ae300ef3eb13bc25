import { rawFetch, type Schema } from '../api/client.ts';
import { refusalOf } from '../api/problem.ts';
import type { Size, View } from './geometry.ts';

/** A layer of a drawing. */
export interface Layer {
  name: string;
  shown: boolean;
}

/** A plan that can be looked at, whatever it was written in. Nothing of it is ever run. */
export interface Sheets {
  pages: number;
  /** Size of a page in its own units. */
  size(page: number): Promise<Size>;
  /** Millimetres that one unit is: on paper (`paper`), or in the world (`world`); null when the file does not say. */
  unit: { mm: number; of: 'paper' | 'world' } | null;
  /** Draws what of a page is in sight. @throws AbortError */
  draw(
    page: number,
    canvas: HTMLCanvasElement,
    view: View,
    density: number,
    signal: AbortSignal,
  ): Promise<void>;
  /** Layers of a drawing; null when it has none to choose from. */
  layers: Layer[] | null;
  close(): void;
}

/** Thrown when a file is of a kind that browsers do not draw, or larger than they can hold. */
export class NotDrawable extends Error {
  readonly reason: 'kind' | 'size' | 'broken';

  constructor(reason: 'kind' | 'size' | 'broken', options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotDrawable';
    this.reason = reason;
  }
}

/** Above this, in bytes, a file is fetched only when asked to. */
export const HEAVY = 60_000_000;

/** Fetches a document and opens it for looking at. @throws Refusal, Offline, NotDrawable */
export async function openSheets(
  document: Schema<'Document'>,
  tell: (part: number) => void,
  signal: AbortSignal,
): Promise<Sheets> {
  // The type that the server found in the bytes; a name proves nothing.
  switch (document.mediaType) {
    case 'application/pdf': {
      const [bytes, { openPdf }] = await Promise.all([
        fetchBytes(document, tell, signal),
        import('./pdfSheets.ts'),
      ]);
      return openPdf(bytes, signal);
    }
    case 'image/png':
    case 'image/jpeg': {
      const [bytes, { openImage }] = await Promise.all([
        fetchBytes(document, tell, signal),
        import('./imageSheets.ts'),
      ]);
      return openImage(new Blob([bytes], { type: document.mediaType }));
    }
    case 'image/vnd.dxf': {
      const [bytes, { openDxf }] = await Promise.all([
        fetchBytes(document, tell, signal),
        import('./dxfSheets.ts'),
      ]);
      return openDxf(bytes, signal);
    }
    default:
      throw new NotDrawable('kind');
  }
}

async function fetchBytes(
  { id, size }: Schema<'Document'>,
  tell: (part: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await rawFetch(`/documents/${id}/content`, { signal });
  if (!response.ok) throw await refusalOf(response);
  const bytes = new Uint8Array(size);
  let at = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    bytes.set(part.value, at);
    at += part.value.length;
    tell(at / size);
  }
  return bytes;
}
