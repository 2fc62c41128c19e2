import { join } from 'node:path';
import type { Contender } from './contender.ts';

/** What Node and `pg` alone can do, one row at a time. */
export const driver: Contender = {
  name: 'driver',
  title: 'Driver alone',
  dialect: 'driver',
  operations: ['beat', 'courseProgress', 'statistics', 'list'],
  keepsRollups: true,
  processes: 1,
  program: [join(import.meta.dirname, '..', 'peers', 'driver', 'server.mjs')],
  environment: ({ port, databaseUrl, poolSize }) => ({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    POOL_SIZE: String(poolSize),
  }),
};
