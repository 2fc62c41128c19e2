import { Counter, Gauge } from 'prom-client';
import { registry } from '../../../../common/metrics/registry.js';

export const figuresAreBuilt = new Gauge({
  name: 'progress_analytics_built',
  help: '1 when the figures of analytics are built from the records, 0 as long as they are not',
  aggregator: 'min',
  registers: [registry],
});

export const builtPortions = new Counter({
  name: 'progress_analytics_built_portions_total',
  help: 'Portions of the figures that this process built from the records, by walk: lessons, learners, courses, days',
  labelNames: ['walk'] as const,
  registers: [registry],
});
