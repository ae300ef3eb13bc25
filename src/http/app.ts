import express, { type Express, Router } from 'express';
import type { Logger } from 'pino';
import { DomainError } from '../domain/errors.ts';
import type { Translate } from '../locales/translate.ts';
import type { Application } from './application.ts';
import { API_ROOT, type Contract } from './contract.ts';
import type { Metrics } from './metrics.ts';
import { answerProblems } from './middleware/answerProblems.ts';
import { authenticate } from './middleware/authenticate.ts';
import { compressReads } from './middleware/compressReads.ts';
import { findOperation } from './middleware/findOperation.ts';
import { identify } from './middleware/identify.ts';
import {
  ATTEMPT_LIMITS,
  type AttemptLimits,
  createLimiters,
  limitAttempts,
} from './middleware/limitAttempts.ts';
import { logRequests } from './middleware/logRequests.ts';
import { measure } from './middleware/measure.ts';
import { readJson } from './middleware/readJson.ts';
import { refuseOddAddresses } from './middleware/refuseOddAddresses.ts';
import { requireHeaders } from './middleware/requireHeaders.ts';
import { secure } from './middleware/secure.ts';
import { validate } from './middleware/validate.ts';
import { accountRoutes } from './routes/accounts.ts';
import { administrationRoutes } from './routes/administration.ts';
import { analyticsRoutes } from './routes/analytics.ts';
import { bodyRoutes } from './routes/bodies.ts';
import { conversationRoutes } from './routes/conversation.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { delegateRoutes } from './routes/delegates.ts';
import { docsRoutes } from './routes/docs.ts';
import { documentRoutes } from './routes/documents.ts';
import { dossierRoutes } from './routes/dossiers.ts';
import { healthRoutes } from './routes/health.ts';
import { liveRoutes } from './routes/live.ts';
import { motiveRoutes } from './routes/motives.ts';
import { operationRoutes } from './routes/operation.ts';
import { pageRoutes } from './routes/pages.ts';
import { procedureDraftRoutes } from './routes/procedureDrafts.ts';
import { procedureRoutes } from './routes/procedures.ts';
import { publicRoutes } from './routes/publicFacts.ts';
import { registryRoutes } from './routes/registry.ts';
import { searchRoutes } from './routes/search.ts';
import { siteRoutes } from './routes/site.ts';
import { taskRoutes } from './routes/tasks.ts';
import { uploadRoutes } from './routes/uploads.ts';
import { webRoutes } from './routes/web.ts';

/** What the HTTP face is told about the place it runs in. */
export interface HttpConfig {
  version: string;
  /** Which proxies are believed about a caller's address, as express's `trust proxy`; false: none. */
  trustProxy: boolean | number | string;
  /** Limits on attempts; those of everyday use when left out. */
  attemptLimits?: AttemptLimits;
  /** Folder of the built pages; left out: the API alone. */
  webDir?: string;
}

/** What the HTTP face works with. */
export interface HttpTools {
  application: Application;
  contract: Contract;
  config: HttpConfig;
  log: Logger;
  translate: Translate;
  metrics: Metrics;
  /** Tells a fault that passes, because the store is away for the moment, from one of ours. */
  isOutage(error: unknown): boolean;
}

/** Builds the HTTP face; read it from top to bottom as the life of a request. */
export function createApp(tools: HttpTools): Express {
  const { application, contract, config, log, translate, metrics, isOutage } = tools;
  const limiters = createLimiters(config.attemptLimits ?? ATTEMPT_LIMITS);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(identify());
  app.use(measure(metrics));
  app.use(logRequests(log));
  app.use(secure());
  app.use(refuseOddAddresses());
  app.use(healthRoutes(application, metrics, config.version));
  app.use(pageRoutes(application, translate, limiters.verify));
  if (config.webDir !== undefined) app.use(webRoutes(config.webDir));
  app.use(API_ROOT, docsRoutes(contract));

  app.use(API_ROOT, compressReads());
  app.use(API_ROOT, findOperation(contract));
  app.use(API_ROOT, limitAttempts(limiters));
  app.use(API_ROOT, authenticate(application.accounts));
  app.use(API_ROOT, requireHeaders());
  app.use(API_ROOT, readJson());
  app.use(validate(contract));
  app.use(API_ROOT, apiRoutes(application, translate, config.version));

  app.use(() => {
    throw new DomainError('ROUTE_NOT_FOUND');
  });
  app.use(answerProblems({ log, translate, metrics, isOutage }));
  return app;
}

/** All routes of the contract; each sees only requests that the contract allows. */
export function apiRoutes(application: Application, translate: Translate, version: string): Router {
  return Router({ strict: true, caseSensitive: true })
    .use(accountRoutes(application))
    .use(delegateRoutes(application))
    .use(publicRoutes(application, translate))
    .use(administrationRoutes(application))
    .use(bodyRoutes(application))
    .use(procedureRoutes(application))
    .use(procedureDraftRoutes(application))
    .use(dossierRoutes(application))
    .use(registryRoutes(application))
    .use(documentRoutes(application))
    .use(uploadRoutes(application))
    .use(taskRoutes(application))
    .use(decisionRoutes(application, translate))
    .use(motiveRoutes(application))
    .use(operationRoutes(application, translate, version))
    .use(analyticsRoutes(application))
    .use(conversationRoutes(application))
    .use(searchRoutes(application))
    .use(liveRoutes(application))
    .use(siteRoutes(application, version));
}
