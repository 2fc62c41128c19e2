import type { Params } from 'nestjs-pino';
import { pino, type DestinationStream } from 'pino';
import type { Environment } from '../../config/environment.js';
import { currentScope } from '../request/request-scope.js';
import { logOutput } from './log-output.js';

const SECRETS = [
  'authorization',
  'cookie',
  'token',
  'password',
  'secret',
  'email',
  ...['authorization', 'cookie', '["set-cookie"]', 'token', 'password', 'secret', 'email'].map(
    (name) => (name.startsWith('[') ? `*${name}` : `*.${name}`),
  ),
  '*.headers.authorization',
  '*.headers.cookie',
];

/**
 * Options of the logger behind Nest's `Logger`. Every line of a request has the request's id. Nest's own middleware is
 * off: `RequestLog` writes one line for each request at a fraction of its cost.
 */
export function loggerOptions(
  environment: Environment,
  destination = destinationFor(environment),
): Params {
  return {
    pinoHttp: [
      {
        level: environment.LOG_LEVEL,
        base: environment.WORKERS > 1 ? { pid: process.pid } : null,
        redact: { paths: SECRETS, censor: '[redacted]' },
        formatters: { level: (level) => ({ level }) },
        timestamp: pino.stdTimeFunctions.isoTime,
        mixin: requestIdOfScope,
        autoLogging: false,
        ...(isPretty(environment) && { transport: { target: 'pino-pretty' } }),
      },
      ...(destination ? [destination] : []),
    ] as Params['pinoHttp'],
    forRoutes: [],
  };
}

function destinationFor(environment: Environment): DestinationStream | undefined {
  return isPretty(environment) ? undefined : logOutput();
}

function isPretty({ NODE_ENV }: Environment): boolean {
  return NODE_ENV === 'development' && process.stdout.isTTY;
}

function requestIdOfScope(): { requestId?: string } {
  const scope = currentScope();
  return scope ? { requestId: scope.requestId } : {};
}
