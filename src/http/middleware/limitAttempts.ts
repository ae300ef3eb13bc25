import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { DomainError } from '../../domain/errors.ts';
import { exchangeOf } from '../exchange.ts';

/** How many requests one address may make in a stretch of time. */
export interface AttemptLimit {
  attempts: number;
  windowMs: number;
  /** Counts only what was refused: a whole town hall may sign in from one address. */
  refusedOnly?: boolean;
}

/** The limits that `x-rate-limit` in the contract may name. */
export type AttemptLimits = Record<'signIn' | 'register' | 'refresh' | 'verify', AttemptLimit>;

/** Limits for everyday use. */
export const ATTEMPT_LIMITS: AttemptLimits = {
  signIn: { attempts: 20, windowMs: 15 * 60_000, refusedOnly: true },
  register: { attempts: 60, windowMs: 60 * 60_000 },
  refresh: { attempts: 120, windowMs: 15 * 60_000 },
  verify: { attempts: 60, windowMs: 60_000 },
};

/** Makes one limiter for each name; give the same to pages and API so that they count together. */
export function createLimiters(limits: AttemptLimits): Record<keyof AttemptLimits, RequestHandler> {
  const limiterOf = ({ attempts, windowMs, refusedOnly = false }: AttemptLimit): RequestHandler =>
    rateLimit({
      limit: attempts,
      skipSuccessfulRequests: refusedOnly,
      // While the store is away nobody's guess is refused.
      requestWasSuccessful: (_req, res) => res.statusCode < 400 || res.statusCode >= 500,
      windowMs,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      // Whether a proxy is trusted is set once, for the whole application.
      validate: false,
      handler: (_req, res, next) => {
        const seconds = Number(res.getHeader('Retry-After') ?? Math.ceil(windowMs / 1000));
        next(new DomainError('TOO_MANY_ATTEMPTS', { seconds }));
      },
    });
  return {
    signIn: limiterOf(limits.signIn),
    register: limiterOf(limits.register),
    refresh: limiterOf(limits.refresh),
    verify: limiterOf(limits.verify),
  };
}

/** Slows down guessing of passwords, secrets and codes, where the contract says so. */
export function limitAttempts(limiters: Record<string, RequestHandler>): RequestHandler {
  return (req, res, next) => {
    const name = exchangeOf(res).operation?.rateLimit ?? null;
    if (name === null) return next();
    const limiter = limiters[name];
    if (limiter === undefined) throw new Error(`the contract names an unknown limit ${name}`);
    return limiter(req, res, next);
  };
}
