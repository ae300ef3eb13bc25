import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Ships the service worker, marked with what was built: another build is another worker, and so is noticed. */
export function serviceWorker(): Plugin {
  return {
    name: 'shubbak-service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const source = readFileSync(new URL('./src/sw.js', import.meta.url), 'utf8');
      const build = createHash('sha256')
        .update(Object.keys(bundle).sort().join('\n'))
        .update(source)
        .digest('hex');
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: source.replaceAll('__BUILD__', build.slice(0, 16)),
      });
    },
  };
}
