import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pdfAssets } from './pdfAssets.ts';
import { serviceWorker } from './serviceWorker.ts';

/** What opens over a page or beside a field, with what it stands on. */
const OVERLAYS = [
  'node_modules/@floating-ui/',
  '@mantine/core/esm/components/Combobox/(?!ComboboxChevron|Combobox\\.module|get-parsed)',
  '@mantine/core/esm/components/(?:Drawer|FloatingIndicator|FocusTrap|Menu|Modal|ModalBase|MultiSelect)/',
  '@mantine/core/esm/components/(?:Overlay|Popover|ScrollArea|SegmentedControl|Select|Table|Tooltip)/',
].join('|');

/**
 * A browser fetches six files at a time: a few of a good size come sooner than a hundred of one component each. What most
 * pages share is cut in four, so that the filing form, whose weight is measured, takes none of the overlays with it.
 */
const groups = [
  { name: 'frame', tags: ['$initial' as const], priority: 4 },
  {
    name: 'overlays',
    test: new RegExp(OVERLAYS),
    minShareCount: 6,
    includeDependenciesRecursively: false,
    priority: 3,
  },
  {
    name: 'fields',
    test: /node_modules\/(?:@mantine|@tanstack)/,
    minShareCount: 6,
    includeDependenciesRecursively: false,
    priority: 2,
  },
  {
    name: 'house',
    test: /web\/src\/(?:app|api|documents|components)\/(?!ConfirmDialog|KeyList|MotivePicker|PasswordAgain)/,
    minShareCount: 3,
    priority: 1,
  },
];

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
    rolldownOptions: { output: { codeSplitting: { groups } } },
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
