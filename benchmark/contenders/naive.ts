import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Contender } from './contender.ts';

const benchmark = join(import.meta.dirname, '..');
const compiler = join(benchmark, '..', 'node_modules', 'typescript', 'bin', 'tsc');

/** A literal implementation of the specification, on the same versions of NestJS, Apollo and TypeORM. */
export const naive: Contender = {
  name: 'naive',
  title: 'Naive design',
  dialect: 'specification',
  operations: ['beat', 'courseProgress', 'statistics', 'list'],
  keepsRollups: false,
  processes: 1,
  build() {
    const project = join(benchmark, 'peers', 'naive');
    const { status } = spawnSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
    if (status !== 0) throw new Error('the naive design does not compile');
  },
  program: [join(benchmark, 'dist', 'naive', 'main.js')],
  environment: ({ port, databaseUrl, jwtSecret, poolSize }) => ({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    JWT_SECRET: jwtSecret,
    POOL_SIZE: String(poolSize),
  }),
};
