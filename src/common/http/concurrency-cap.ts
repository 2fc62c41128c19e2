import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { serviceErrorView } from '../errors/error-view.js';
import { ServiceUnavailableError } from '../errors/service-error.js';
import type { Messages } from '../i18n/messages.js';
import { registry } from '../metrics/registry.js';
import { PaceLimit } from './pace-limit.js';
import { scopeOf } from './request-scope.js';

/** What a refused client is asked to wait: long enough for a burst to pass. */
const RETRY_AFTER_SECONDS = 1;

export const activeRequests = new Gauge({
  name: 'progress_http_requests_active',
  help: 'Requests to the API that are being worked on',
  registers: [registry],
});

/**
 * Refuses requests beyond `maximum`, or beyond what the process keeps up with, at once, before their
 * bodies are read: those that are let in stay fast. A request holds its place from the end of its body until its answer is ready, so neither
 * slow senders nor slow readers hold the others out.
 */
export function capConcurrency(
  server: FastifyInstance,
  { path, maximum, messages }: { path: string; maximum: number; messages: Messages },
): void {
  const working = new WeakSet<FastifyRequest>();
  const limit = new PaceLimit(maximum);
  let active = 0;

  server.addHook('onClose', (_server, done) => {
    limit.stop();
    done();
  });

  const isFull = (request: FastifyRequest): boolean =>
    active >= limit.current && request.routeOptions.url === path;

  server.addHook('onRequest', (request, reply, done) => {
    if (isFull(request)) refuse(request, reply, messages);
    else done();
  });

  // Bodies that were read meanwhile may have filled the places.
  server.addHook('preValidation', (request, reply, done) => {
    if (request.routeOptions.url !== path) return done();
    if (isFull(request)) return refuse(request, reply, messages);
    working.add(request);
    activeRequests.set((active += 1));
    done();
  });

  // Not when the response ends: for a client that went away that is at once, while its work goes on.
  server.addHook('onSend', (request, _reply, _payload, done) => {
    if (working.delete(request)) activeRequests.set((active -= 1));
    done();
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, messages: Messages): void {
  const scope = scopeOf(request);
  const error = new ServiceUnavailableError('overloaded', {
    details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
  scope.errorCode = error.code;
  void reply
    .code(503)
    .header('retry-after', RETRY_AFTER_SECONDS)
    .send({ errors: [serviceErrorView(error, messages, scope.language)] });
}
