import { rawFetch, type Schema } from '../api/client.ts';
import { refusalOf } from '../api/problem.ts';
import { NotDrawable, type Sheets } from './sheet.ts';

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
