import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './contender.ts';

const folder = join(import.meta.dirname, '..', 'peers', 'postgraphile');

/** An alternative to writing a service. It runs without authentication, which is to its advantage. */
export const postgraphile: Contender = {
  name: 'postgraphile',
  title: 'PostGraphile 5',
  dialect: 'postgraphile',
  operations: ['beat', 'courseProgress', 'statistics', 'list'],
  keepsRollups: true,
  processes: 1,
  async prepare(client) {
    await client.query(readFileSync(join(folder, 'functions.sql'), 'utf8'));
  },
  program: [join(folder, 'server.mjs')],
  environment: ({ port, databaseUrl, poolSize }) => ({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    POOL_SIZE: String(poolSize),
    GRAPHILE_ENV: 'production',
  }),
};
