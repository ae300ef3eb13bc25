import { Router } from 'express';
import type { Application } from '../application.ts';
import { contextOf } from '../exchange.ts';

const BEAT_MS = 20_000;
/** Shorter than an access token lives, so that whoever lost the right to look stops looking. */
const LIFE_MS = 10 * 60_000;
/** Somebody who does not read what is sent is let go. */
const MOST_WAITING_BYTES = 64 * 1024;

/** What changes while a page is open, as server-sent events (HTML, 9.2): identifiers only, each reader's own. */
export function liveRoutes({ live }: Pick<Application, 'live'>): Router {
  const router = Router();
  router.get('/stream', async (req, res) => {
    let leave = (): void => undefined;
    const end = (): void => {
      leave();
      clearInterval(beat);
      clearTimeout(life);
      if (!res.writableEnded) res.end();
    };
    const write = (text: string): void => {
      if (res.writableEnded || res.destroyed) return;
      res.write(text);
      if (res.writableLength > MOST_WAITING_BYTES) res.destroy();
    };
    const beat = setInterval(() => write(': beat\n\n'), BEAT_MS);
    const life = setTimeout(end, LIFE_MS);
    beat.unref();
    life.unref();
    res.on('close', end);
    try {
      const following = await live.follow(contextOf(res), {
        tell: ({ seq, ...change }) => write(`id: ${seq}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`),
        end,
      });
      leave = following.leave;
      if (res.destroyed || res.writableEnded) {
        leave();
        return;
      }
      res.status(200).set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        // Whatever stands in between passes each event on at once.
        'X-Accel-Buffering': 'no',
      });
      res.flushHeaders();
      const after = Number(req.headers['last-event-id'] ?? following.seq);
      const missed = after < following.seq;
      write(`retry: 3000\nid: ${following.seq}\nevent: hello\ndata: ${JSON.stringify({ missed })}\n\n`);
      if (missed) await following.catchUp(after);
    } catch (error) {
      leave();
      clearInterval(beat);
      clearTimeout(life);
      throw error;
    }
  });
  return router;
}
