import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { integer } from './kinds.js';

const WORKERS_MAXIMUM = 256;

/** The process: its port, its logs, its end. */
export const PROCESS = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT_USER_PROGRESS: integer(3009, 0, 65_535),
  /** How many processes serve the port; `auto`: one for each core that this process may use. */
  WORKERS: z
    .string()
    .transform((text) => (text === 'auto' ? availableParallelism() : Number(text)))
    .refine(
      (number) => Number.isInteger(number) && number >= 1 && number <= WORKERS_MAXIMUM,
      `auto, or a whole number from 1 to ${WORKERS_MAXIMUM}`,
    )
    .default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_SLOW_QUERY_MS: integer(500, 1, 600_000),
  SHUTDOWN_GRACE_MS: integer(8_000, 0, 600_000),
};
