import { join } from 'node:path';
import type { Contender } from './contender.ts';

const root = join(import.meta.dirname, '..', '..');

/** This service as it is built and deployed: tokens, validation, access rules, rollups, certificates, log lines. */
export const us: Contender = {
  name: 'us',
  title: 'This service',
  dialect: 'specification',
  operations: ['beat', 'recordWatch', 'courseProgress', 'statistics', 'list'],
  keepsRollups: true,
  program: [join(root, 'dist', 'main.js')],
  environment: ({ port, database, natsUrl, jwtSecret, poolSize }) => ({
    PORT_USER_PROGRESS: String(port),
    DB_HOST: database.host,
    DB_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
    DB_NAME_USER_PROGRESS: database.name,
    DB_POOL_SIZE: String(poolSize),
    NATS_URL: natsUrl,
    JWT_SECRET: jwtSecret,
    // All learners come from one address here, and far more often than people do.
    RATE_LIMIT_DISABLED: 'true',
    // There is no course service to ask.
    COURSE_REFRESH_SECONDS: '86400',
  }),
};
