import { expect, it } from 'vitest';
import { loadEnvironment } from '../src/config/environment.js';
import { portOf } from './port.ts';

it.each([{}, { PORT: '8080' }, { PORT_USER_PROGRESS: '4000', PORT: '8080' }, { PORT: '' }])(
  '`npm start` waits for the service where it listens: %o',
  (variables) => {
    const environment = loadEnvironment({
      DB_HOST: 'localhost',
      POSTGRES_USER: 'somebody',
      DB_NAME_USER_PROGRESS: 'progress',
      NATS_URL: 'nats://localhost',
      JWT_SECRET: 'secret',
      ...variables,
    });
    expect(portOf(variables)).toBe(environment.PORT_USER_PROGRESS);
  },
);
