/** Wide enough for a printer at 200 dots an inch on A4. */
const WIDTH = 1654;

/** Draws every page of a PDF as an image, so that it prints with the page it stands on. Revoke the addresses when done. */
export async function pdfPages(file: Blob): Promise<string[]> {
  const { readPdf } = await import('../../viewer/pdfSheets.ts');
  const task = readPdf(new Uint8Array(await file.arrayBuffer()));
  const document = await task.promise;
  const pages: string[] = [];
  try {
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { width } = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: WIDTH / width });
      const canvas = window.document.createElement('canvas');
      canvas.width = Math.ceil(viewport.width);
      canvas.height = Math.ceil(viewport.height);
      await page.render({ canvas, viewport }).promise;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      if (blob !== null) pages.push(URL.createObjectURL(blob));
    }
  } finally {
    await task.destroy();
  }
  return pages;
}
