// The reader of PDF comes first, past the TypeScript loader: reading its two megabytes through it takes seconds. Handed over
// this way it runs in this very thread, which is one of our own.
globalThis.pdfjsWorker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
await import('pdfjs-dist/legacy/build/pdf.mjs');
const { register } = await import('tsx/esm/api');
register();
await import('./worker.ts');
