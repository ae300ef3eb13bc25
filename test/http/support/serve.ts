import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import { createApp, type HttpConfig } from '../../../src/http/app.ts';
import type { Application } from '../../../src/http/application.ts';
import { loadContract } from '../../../src/http/contract.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { createTranslate } from '../../../src/locales/translate.ts';

/** What an error says that stands for a store that does not answer. */
export const OUTAGE = 'no store answers';

/** The HTTP face over an application, with all that it logs. */
export function serve(
  application: Application,
  config: Partial<HttpConfig> = {},
): { app: Express; logged: () => string } {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const app = createApp({
    application,
    contract: loadContract(),
    config: { version: '0.0.0', trustProxy: false, attemptLimits: GENEROUS, ...config },
    log: pino({ level: 'info' }, sink),
    translate: createTranslate(),
    metrics: createMetrics('0.0.0'),
    isOutage: (error) => error instanceof Error && error.message === OUTAGE,
  });
  return { app, logged: () => text };
}

const limit = { attempts: 10_000, windowMs: 60_000 };
const GENEROUS = { signIn: limit, register: limit, refresh: limit, verify: limit };
