import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import type { Contract } from '../contract.ts';
import { exchangeOf } from '../exchange.ts';
import { allowOwnScripts } from '../middleware/secure.ts';

const OURS = fileURLToPath(new URL('../assets', import.meta.url));
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** The files of the documentation page: two of Swagger UI, two of ours. */
const FILES: Record<string, string> = {
  '/docs/': join(OURS, 'docs.html'),
  '/docs/docs.js': join(OURS, 'docs.js'),
  '/docs/swagger-ui.css': join(SWAGGER, 'swagger-ui.css'),
  '/docs/swagger-ui-bundle.js': join(SWAGGER, 'swagger-ui-bundle.js'),
};

/** The contract, for programs and as a page that is served from here alone. */
export function docsRoutes(contract: Contract): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/openapi.json', (_req, res) => {
    exchangeOf(res).route = '/api/v1/openapi.json';
    res.json(contract.document);
  });
  router.get('/docs', (_req, res) => res.redirect(308, '/api/v1/docs/'));
  for (const [address, file] of Object.entries(FILES)) {
    router.get(address, allowOwnScripts(), (_req, res) => {
      exchangeOf(res).route = '/api/v1/docs/';
      res.sendFile(file, { maxAge: '1h', dotfiles: 'allow' });
    });
  }
  return router;
}
