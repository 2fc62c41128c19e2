import type { FastifyInstance } from 'fastify';
import { errorView } from '../common/errors/error-view.js';
import type { Messages } from '../common/i18n/messages.js';
import { scopeOf } from '../common/request/request-scope.js';

/**
 * Refuses a missing Host, or one that cannot be part of a URL: Apollo's integration builds a URL from it and would
 * fail.
 */
export function refuseUnusableHosts(server: FastifyInstance, messages: Messages): void {
  // Remembered, because almost all requests have the same one.
  let usable: string | undefined;
  server.addHook('onRequest', (request, reply, done) => {
    const origin = `${request.protocol}://${request.host}/`;
    if (origin === usable) return done();
    if (request.host && URL.canParse(origin)) {
      usable = origin;
      return done();
    }
    const scope = scopeOf(request);
    const view = errorView(
      'BAD_USER_INPUT',
      messages.text('errors.requestInvalid', scope.language),
      {},
      400,
    );
    scope.errorCode = view.extensions.code;
    void reply.code(400).send({ errors: [view] });
  });
}
