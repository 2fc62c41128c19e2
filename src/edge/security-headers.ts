import type { FastifyInstance } from 'fastify';
import type { Environment } from '../config/environment.js';

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const HALF_A_YEAR_SECONDS = 15_552_000;

/** Answers are data: no page may frame, sniff, cache or run them. GraphiQL sets a policy of its own. */
export function registerSecurityHeaders(server: FastifyInstance, environment: Environment): void {
  const headers =
    environment.NODE_ENV === 'production'
      ? { ...HEADERS, 'strict-transport-security': `max-age=${HALF_A_YEAR_SECONDS}` }
      : HEADERS;
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
}
