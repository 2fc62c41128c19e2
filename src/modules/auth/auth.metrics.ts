import { Counter } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';

export const keyFetches = new Counter({
  name: 'progress_key_fetches_total',
  help: 'Fetches of the keys at JWKS_URL, by what came of them',
  labelNames: ['outcome'] as const,
  registers: [registry],
});
