import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Language } from '../../domain/json.ts';
import type { Translate } from '../../locales/translate.ts';
import type { Application } from '../application.ts';
import { contextOf, exchangeOf, pathOf } from '../exchange.ts';
import { languageNamed } from '../language.ts';
import type { Say } from '../pages/layout.ts';
import { refusedPage, verifyPage } from '../pages/verifyPage.ts';
import { problemOf, refusalOf } from '../problem.ts';

const ASSETS = fileURLToPath(new URL('../assets', import.meta.url));
const A_MONTH_MS = 2_592_000_000;
/** The same letters as the window's, where they are installed; the device's own otherwise. */
const FONTS = ['ibm-plex-sans', 'ibm-plex-sans-arabic'].flatMap((family) => {
  try {
    return [
      dirname(
        createRequire(import.meta.url).resolve(
          `@fontsource/${family}/files/${family}-latin-400-normal.woff2`,
        ),
      ),
    ];
  } catch {
    return [];
  }
});
const CODE = /^[A-Za-z0-9][A-Za-z0-9 _-]{7,99}$/;

/** The check of an act, for anyone's eyes and the oldest phone: drawn here, and it runs no script. */
export function pageRoutes(
  { verification }: Pick<Application, 'verification'>,
  translate: Translate,
  limitVerify: RequestHandler,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  for (const folder of FONTS) {
    router.use(
      '/assets/fonts',
      named('/assets'),
      express.static(folder, { index: false, maxAge: A_MONTH_MS }),
    );
  }
  router.use('/assets', named('/assets'), express.static(ASSETS, { index: false, maxAge: '1h' }));
  router.get('/verify', named('/verify'), (req, res) => {
    const { language } = reader(req, res, translate);
    const code = typeof req.query.code === 'string' ? req.query.code.trim() : '';
    res.redirect(
      303,
      code === '' ? `/?lang=${language}` : `/verify/${encodeURIComponent(code)}?lang=${language}`,
    );
  });
  router.get('/verify/:code', named('/verify/:code'), limitVerify, async (req, res) => {
    const { language, say, translated } = reader(req, res, translate);
    const code = pathOf(req, 'code');
    res.set('Cache-Control', 'no-store').type('html');
    try {
      const found = CODE.test(code) ? await verification.verify(contextOf(res), { code }) : null;
      const words = {
        title: say('verify.unknown'),
        detail: translated('error.VERIFICATION_CODE_NOT_FOUND.detail'),
      };
      if (found === null) res.status(404).send(refusedPage(language, say, code, words));
      else res.send(verifyPage(language, say, translated, code, found));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.status >= 500) throw error;
      const words = problemOf(refusal, { language, requestId: exchangeOf(res).requestId, translate });
      res.status(refusal.status).send(refusedPage(language, say, code, words));
    }
  });
  return router;
}

/** Names the route in logs and measures. */
function named(route: string): RequestHandler {
  return (_req, res, next) => {
    exchangeOf(res).route = route;
    next();
  };
}

/** In which language the page speaks: the one in the address, or the browser's. */
function reader(
  req: Request,
  res: Response,
  translate: Translate,
): { language: Language; say: Say; translated: (key: string) => string } {
  const exchange = exchangeOf(res);
  const language = languageNamed(req.query.lang) ?? exchange.language;
  exchange.language = language;
  res.set('Content-Language', language);
  return {
    language,
    say: (key, params = {}) => translate(language, `page.${key}`, params),
    translated: (key) => translate(language, key),
  };
}
