import type { FastifyInstance } from 'fastify';
import { serviceErrorView } from '../common/errors/error-view.js';
import { RateLimitedError } from '../common/errors/service-error.js';
import { scopeOf } from '../common/request/request-scope.js';
import type { Messages } from '../common/i18n/messages.js';
import { addressKey } from '../common/rate-limit/address-key.js';
import type { RateLimits } from '../common/rate-limit/rate-limits.js';

/** Refuses requests of an address that is over its limit, before reading their bodies. */
export function limitAddresses(
  server: FastifyInstance,
  { path, limits, messages }: { path: string; limits: RateLimits; messages: Messages },
): void {
  if (!limits.isOn) return;
  server.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url !== path) return done();
    const scope = scopeOf(request);
    scope.address = addressKey(request.ip);
    try {
      limits.admitRequest(scope.address);
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      scope.errorCode = error.code;
      return void reply
        .code(429)
        .header('retry-after', error.retryAfterSeconds)
        .send({ errors: [serviceErrorView(error, messages, scope.language)] });
    }
    done();
  });
}
