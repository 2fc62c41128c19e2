import { Counter, Gauge } from 'prom-client';
import { registry } from './registry.js';

export const servingWorkers = new Gauge({
  name: 'progress_workers',
  help: 'Processes that serve at this address',
  aggregator: 'sum',
  registers: [registry],
});

export const workerDeaths = new Counter({
  name: 'progress_worker_deaths_total',
  help: 'Workers that ended without being asked to, and starts of workers that failed',
  registers: [registry],
});
