import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type Response, Router } from 'express';
import compressedAhead from 'express-static-gzip';
import { exchangeOf } from '../exchange.ts';

/** First words of the addresses that the pages answer; anything else is not found, and says so with its status. */
const PAGES = [
  'account',
  'activate',
  'admin',
  'analysis',
  'check',
  'committee',
  'delays',
  'dossiers',
  'follow',
  'help',
  'inbox',
  'my',
  'needs',
  'notifications',
  'operation',
  'register',
  'registry',
  'search',
  'setup',
  'sign-in',
  'sign-up',
  'signing',
  'studio',
  'tasks',
  'treasury',
];
const PAGE = new RegExp(`^/(?:(?:${PAGES.join('|')})(?:/[^.]*)?)?$`);
const A_YEAR_MS = 31_536_000_000;

/**
 * Serves the pages that `npm run build --workspace web` made: files named by their content for a year, everything else
 * fresh. Every answer has its own nonce for style elements; scripts come from here and evaluate nothing.
 */
export function webRoutes(webDir: string): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const index = join(webDir, 'index.html');
  if (!existsSync(index)) return router;
  const page = readFileSync(index, 'utf8');

  router.use(
    ['/app', '/boot.js', '/sw.js', '/manifest.webmanifest', '/manifest.ar.webmanifest', '/icons'],
    compression(),
  );
  router.use(
    '/app',
    (_req, res, next) => {
      exchangeOf(res).route = '/app';
      // A worker obeys the policy it came with: the reader of plans loads its decoders from here, and nothing else.
      res.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'; connect-src 'self'");
      next();
    },
    compressedAhead(join(webDir, 'app'), {
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      index: false,
      serveStatic: { immutable: true, maxAge: A_YEAR_MS },
    }),
  );
  for (const file of ['boot.js', 'sw.js', 'manifest.webmanifest', 'manifest.ar.webmanifest']) {
    router.get(`/${file}`, (_req, res, next) => {
      exchangeOf(res).route = `/${file}`;
      if (!existsSync(join(webDir, file))) return next();
      // A worker asks under its own policy, not its page's.
      if (file === 'sw.js') res.set('Content-Security-Policy', "default-src 'none'; connect-src 'self'");
      res.set('Cache-Control', 'no-cache').sendFile(join(webDir, file));
    });
  }
  router.use('/icons', express.static(join(webDir, 'icons'), { index: false, maxAge: '1d' }));
  router.get(PAGE, compression(), (_req, res) => {
    exchangeOf(res).route = '(page)';
    const nonce = randomBytes(16).toString('base64');
    allow(res, nonce);
    res.set('Cache-Control', 'no-store').type('html').send(page.replaceAll('__NONCE__', nonce));
  });
  return router;
}

/** Style attributes are set by drawing libraries (diagrams, charts, maps); style elements need the nonce. */
function allow(res: Response, nonce: string): void {
  res.setHeader(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join(';'),
  );
}
