import { join } from 'node:path';
import { THIS_BUILD } from '../data-set/template.ts';
import type { Contender } from './contender.ts';

/** The service as it is built and deployed: tokens, validation, access rules, rollups, certificates, log lines. */
const service = (build: string): Omit<Contender, 'name' | 'title'> => ({
  serviceBuild: build,
  dialect: 'specification',
  operations: ['beat', 'recordWatch', 'begin', 'courseProgress', 'statistics', 'list'],
  keepsRollups: true,
  processes: 1,
  program: [join(build, 'dist', 'main.js')],
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
    // Here, all learners have one address, and send far more requests than people do.
    RATE_LIMIT_DISABLED: 'true',
    // There is no course service here.
    COURSE_REFRESH_SECONDS: '86400',
  }),
});

export const us: Contender = { name: 'us', title: 'This service', ...service(THIS_BUILD) };

export const usTwice: Contender = {
  ...us,
  name: 'us-twice',
  title: 'This service, two processes',
  processes: 2,
};

/** Another build of this service, for instance the one before a change. */
export const otherBuild = (folder: string): Contender => ({
  name: 'other-build',
  title: 'The other build',
  ...service(folder),
});
