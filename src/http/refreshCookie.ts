import type { CookieOptions, Request, Response } from 'express';
import { DomainError } from '../domain/errors.ts';
import { API_ROOT } from './contract.ts';

const NAME = 'shubbak-refresh';

/**
 * The refresh token of a browser lies where no script can read it, is sent to the addresses of sessions alone, and never
 * from another site. It ends with the browser.
 */
const optionsFor = (req: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: req.secure,
  path: `${API_ROOT}/sessions`,
});

/** Lays the refresh token in the browser's cookie. */
export function keepRefreshToken(req: Request, res: Response, token: string): void {
  res.cookie(NAME, token, optionsFor(req));
}

/** Takes the cookie away. */
export function forgetRefreshToken(req: Request, res: Response): void {
  res.clearCookie(NAME, optionsFor(req));
}

/** The refresh token a request carries, in its body or else in its cookie. @throws DomainError INVALID_REFRESH_TOKEN */
export function refreshTokenOf(req: Request): { token: string; inCookie: boolean } {
  const { refreshToken } = (req.body ?? {}) as { refreshToken?: string };
  if (refreshToken !== undefined) return { token: refreshToken, inCookie: false };
  const token = /(?:^|;\s*)shubbak-refresh=([A-Za-z0-9._~-]{1,2000})(?:;|$)/.exec(
    req.headers.cookie ?? '',
  )?.[1];
  if (token === undefined) throw new DomainError('INVALID_REFRESH_TOKEN');
  return { token, inCookie: true };
}
