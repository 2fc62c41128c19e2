import { z } from 'zod';
import { integer } from './kinds.js';

/** The process: its port, its logs, its end. */
export const PROCESS = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT_USER_PROGRESS: integer(3009, 0, 65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_SLOW_QUERY_MS: integer(500, 1, 600_000),
  SHUTDOWN_GRACE_MS: integer(8_000, 0, 600_000),
};
