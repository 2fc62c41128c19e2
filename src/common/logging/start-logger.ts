import { Logger, PinoLogger } from 'nestjs-pino';
import type { Environment } from '../../config/environment.js';
import { loggerOptions } from './logger-options.js';

/**
 * The logger that is there before the application is. Migrations and the import of the original's table run while the
 * application is made, for minutes: lines that wait for its end would show no progress, and none where it is killed.
 */
export function startLogger(environment: Environment): Logger {
  const options = loggerOptions(environment);
  return new Logger(new PinoLogger(options), options);
}
