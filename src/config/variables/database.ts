import { z } from 'zod';
import { flag, integer } from './kinds.js';

/** PostgreSQL, and how long it may take. */
export const DATABASE = {
  DB_HOST: z.string().min(1),
  DB_PORT: integer(5432, 1, 65_535),
  POSTGRES_USER: z.string().min(1),
  POSTGRES_PASSWORD: z.string().default(''),
  DB_NAME_USER_PROGRESS: z.string().min(1),
  DB_SSL: flag(false),
  DB_POOL_SIZE: integer(10, 2, 200),
  DB_STATEMENT_TIMEOUT_MS: integer(2_500, 100, 600_000),
  DB_LOCK_TIMEOUT_MS: integer(300, 10, 600_000),
  /** How long a request may wait for a connection from the pool. */
  DB_CONNECT_TIMEOUT_MS: integer(500, 100, 60_000),
};
