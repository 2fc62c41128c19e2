import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { flag, integer } from './kinds.js';

const HOST = /^(\/.*|[^\s:/@]+)$/;

const host = z
  .string()
  .refine(
    (value) => HOST.test(value) || isIPv6(value),
    'a host’s name or address alone; the port is DB_PORT',
  );

const file = z
  .string()
  .default('')
  .refine((path) => ['', 'system'].includes(path) || existsSync(path), 'a file that is there');

/** PostgreSQL, and how long it may take. */
export const DATABASE = {
  DB_HOST: host,
  DB_PORT: integer(5432, 1, 65_535),
  POSTGRES_USER: z.string().min(1),
  POSTGRES_PASSWORD: z.string().default(''),
  DB_NAME_USER_PROGRESS: z.string().min(1),
  DB_SSL: flag(false),
  /** libpq's names, which say how its clients connect: `src/config/libpq.ts`. */
  PGSSLMODE: z
    .enum(['', 'disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'])
    .default(''),
  PGSSLROOTCERT: file,
  PGSSLCERT: file,
  PGSSLKEY: file,
  DB_POOL_SIZE: integer(10, 2, 200),
  DB_STATEMENT_TIMEOUT_MS: integer(2_500, 100, 600_000),
  DB_LOCK_TIMEOUT_MS: integer(300, 10, 600_000),
  /** How long a request may wait for a connection from the pool. */
  DB_CONNECT_TIMEOUT_MS: integer(500, 100, 60_000),
  /** Without it, statements are sent with their text each time: for poolers that lose prepared ones. */
  DB_PREPARED_STATEMENTS: flag(true),
};
