import { Router } from 'express';
import type { Application } from '../application.ts';
import { exchangeOf } from '../exchange.ts';
import type { Metrics } from '../metrics.ts';

/** What watches the node asks: is it well, and how much does it do. */
export function healthRoutes(application: Application, metrics: Metrics, version: string): Router {
  const router = Router();

  router.get('/health', async (_req, res) => {
    exchangeOf(res).route = '/health';
    const { store, storeKind, engine } = await application.health();
    const isUp = store === 'up' && engine.status === 'up';
    const uptimeSeconds = Math.floor(process.uptime());
    res
      .status(isUp ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: isUp ? 'up' : 'down',
        version,
        uptimeSeconds,
        store: { kind: storeKind, status: store },
        engine,
      });
  });
  router.get('/metrics', async (_req, res) => {
    exchangeOf(res).route = '/metrics';
    res.set({ 'Content-Type': metrics.registry.contentType, 'Cache-Control': 'no-store' });
    res.send(await metrics.registry.metrics());
  });
  return router;
}
