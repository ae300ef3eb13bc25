import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pdfAssets } from './pdfAssets.ts';
import { serviceWorker } from './serviceWorker.ts';

/** Pages are served by the same server as the API; `__NONCE__` is replaced by it in every answer. */
export default defineConfig({
  plugins: [react(), pdfAssets(), serviceWorker()],
  base: '/',
  resolve: {
    // Texts of forms are texts: a parser of Markdown would weigh on every form and is never asked.
    alias: { 'markdown-to-jsx/react': fileURLToPath(new URL('src/forms/noMarkdown.tsx', import.meta.url)) },
  },
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist',
    assetsDir: 'app',
    manifest: true,
    sourcemap: false,
    target: 'es2022',
    // Data addresses would need a wider content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/assets', '/verify/', '/health'].map((path) => [
        path,
        { target: process.env.SHUBBAK_URL ?? 'http://127.0.0.1:3000' },
      ]),
    ),
  },
});
