import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import type { Draining } from '../../common/health/draining.js';
import type { Messages } from '../../common/i18n/messages.js';
import { registry } from '../../common/metrics/registry.js';
import { OverloadRefusals } from './overload-refusals.js';
import { PaceLimit } from './pace-limit.js';
import { refuseQuickly } from './quick-refusal.js';
import { refuseUnparsed } from './unparsed-refusal.js';
import { scopeOf } from '../../common/request/request-scope.js';

export const activeRequests = new Gauge({
  name: 'progress_http_requests_active',
  help: 'Requests to the API that are being worked on',
  registers: [registry],
});

interface CapOptions {
  path: string;
  maximum: number;
  messages: Messages;
  draining: Draining;
}

/**
 * Refuses requests beyond `maximum`, or beyond what the process keeps up with, at once, before their
 * bodies are read: those that are let in stay fast. A request holds its place from the end of its body
 * until its answer is ready, so neither slow senders nor slow readers hold the others out.
 */
export function capConcurrency(
  server: FastifyInstance,
  { path, maximum, messages, draining }: CapOptions,
): void {
  const working = new WeakSet<FastifyRequest>();
  const limit = new PaceLimit(maximum);
  const refusals = new OverloadRefusals(messages);
  let active = 0;

  const isFull = (): boolean => active >= limit.current;
  refuseQuickly(server, refusals, (asked) => asked === path && isFull());
  // Answers to parsed requests are what sends clients away while the process drains.
  refuseUnparsed(server.server, path, refusals, () => !draining.active && isFull());

  // What the quick ways leave to the framework; and bodies that were read meanwhile may have filled the places.
  server.addHook('preValidation', (request, reply, done) => {
    if (request.routeOptions.url !== path) return done();
    if (isFull()) return refuse(request, reply, refusals);
    working.add(request);
    activeRequests.set((active += 1));
    done();
  });

  // Not when the response ends: for a client that went away that is at once, while its work goes on.
  server.addHook('onSend', (request, _reply, _payload, done) => {
    if (working.delete(request)) activeRequests.set((active -= 1));
    done();
  });

  server.addHook('onClose', (_server, done) => {
    limit.stop();
    refusals.stop();
    done();
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, refusals: OverloadRefusals): void {
  const scope = scopeOf(request);
  scope.errorCode = 'SERVICE_UNAVAILABLE';
  const { headers, body } = refusals.in(scope.language);
  void reply.code(503).headers(headers).send(body);
}
