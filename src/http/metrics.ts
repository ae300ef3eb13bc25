import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the HTTP face measures; the rest of the product adds its own to `registry`. */
export interface Metrics {
  registry: Registry;
  duration: Histogram<'method' | 'route' | 'status'>;
  inFlight: Gauge;
  refusals: Counter<'code'>;
}

/** Makes an empty set of measures, one for each application. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'shubbak_build_info',
    help: 'Always 1; the label tells the version.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  return {
    registry,
    duration: new Histogram({
      name: 'shubbak_http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
      registers,
    }),
    inFlight: new Gauge({
      name: 'shubbak_http_requests_in_flight',
      help: 'Requests being answered now.',
      registers,
    }),
    refusals: new Counter({
      name: 'shubbak_http_refusals_total',
      help: 'Refusals, by code.',
      labelNames: ['code'],
      registers,
    }),
  };
}
