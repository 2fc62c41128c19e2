import { Logger, PinoLogger } from 'nestjs-pino';
import type { Environment } from '../../config/environment.js';
import { loggerOptions } from './logger-options.js';

/** Parts of Nest that log an error and throw it, too. */
const ALSO_THROWING = ['ExceptionHandler', 'NestApplication'];

/** Whoever catches such an error logs it, so this logger leaves Nest's own line out. */
class OnceLogger extends Logger {
  override error(message: unknown, ...rest: unknown[]): void {
    if (!ALSO_THROWING.includes(String(rest.at(-1)))) super.error(message, ...rest);
  }
}

/**
 * The logger that is there before the application is. Migrations and the import of the original's table run while the
 * application is made, for minutes: lines that wait for its end would show no progress, and none where it is killed.
 */
export function startLogger(environment: Environment): Logger {
  const options = loggerOptions(environment);
  return new OnceLogger(new PinoLogger(options), options);
}
