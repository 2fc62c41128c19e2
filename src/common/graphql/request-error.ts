import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { ERROR_STATUS, RateLimitedError, ServiceError } from '../errors/service-error.js';

/**
 * Refuses a request before anything of it is executed. Unlike a resolver's error, it also sets the HTTP status of its
 * code.
 */
export function requestError(error: unknown): unknown {
  if (!(error instanceof ServiceError)) return error;
  const headers = new HeaderMap();
  if (error.code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer');
  if (error instanceof RateLimitedError)
    headers.set('retry-after', String(error.retryAfterSeconds));
  const extensions: Record<string, unknown> = {
    code: error.code,
    http: { status: ERROR_STATUS[error.code], headers },
  };
  return new GraphQLError(error.message, { originalError: error, extensions });
}
