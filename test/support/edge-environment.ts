import { loadEnvironment, type Environment } from '../../src/config/environment.js';
import { TEST_SECRET } from './tokens.ts';

/** A configuration that needs no other programs. */
export function edgeEnvironment(overrides: Record<string, string> = {}): Environment {
  return loadEnvironment({
    NODE_ENV: 'test',
    DB_HOST: 'localhost',
    POSTGRES_USER: 'nobody',
    POSTGRES_PASSWORD: 'nothing',
    DB_NAME_USER_PROGRESS: 'nowhere',
    NATS_URL: 'nats://localhost:4222',
    JWT_SECRET: TEST_SECRET,
    LOG_LEVEL: 'fatal',
    ...overrides,
  });
}
