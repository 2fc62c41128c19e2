import { Logger } from '@nestjs/common';
import { Histogram } from 'prom-client';
import type { Environment } from '../../config/environment.js';
import { registry } from '../metrics/registry.js';

const logger = new Logger('Query');

const seconds = new Histogram({
  name: 'progress_query_seconds',
  help: 'Time from sending a statement to its last row, by the name of the statement, in seconds',
  labelNames: ['query'] as const,
  buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/**
 * Records that a statement has run, by its name, never with its values.
 * @param milliseconds how long it took for the caller.
 */
export function observeQuery(name: string, milliseconds: number, environment: Environment): void {
  seconds.observe({ query: name }, milliseconds / 1_000);
  if (milliseconds >= environment.LOG_SLOW_QUERY_MS) {
    logger.warn({ msg: 'slow query', query: name, milliseconds: Math.round(milliseconds) });
  } else if (environment.LOG_LEVEL === 'debug' || environment.LOG_LEVEL === 'trace') {
    logger.debug({ msg: 'query', query: name, milliseconds: Math.round(milliseconds * 100) / 100 });
  }
}
