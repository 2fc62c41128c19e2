import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import type { Draining } from '../../common/health/draining.js';
import type { Messages } from '../../common/i18n/messages.js';
import { registry } from '../../common/metrics/registry.js';
import { scopeOf } from '../../common/request/request-scope.js';
import { OverloadRefusals } from './overload-refusals.js';
import { PaceLimit } from './pace-limit.js';
import { refuseUnparsed } from './unparsed-refusal.js';

const activeRequests = new Gauge({
  name: 'progress_http_requests_active',
  help: 'Requests to the API that are being worked on',
  registers: [registry],
});

interface OverloadOptions {
  /** The API's, and others under which it is served as well. */
  path: string;
  aliases: readonly string[];
  /** Requests that are worked on at once, at most. */
  maximum: number;
  /** Whether most refusals are made before HTTP is parsed; if not, all are made by Fastify's hooks. */
  beforeParsing: boolean;
  messages: Messages;
  draining: Draining;
}

/**
 * Refuses requests to `path` beyond `maximum`, or beyond what the process keeps up with, with 503 and `retry-after`.
 * Those that are let in stay fast. A request holds its place from the end of its body until its answer is ready, so
 * slow senders and slow readers hold no place. To be called before other hooks are added: what they do for a request
 * that is refused is lost.
 */
export function refuseOverload(
  server: FastifyInstance,
  { path, aliases, maximum, beforeParsing, messages, draining }: OverloadOptions,
): void {
  const working = new WeakSet<FastifyRequest>();
  const limit = new PaceLimit(maximum);
  const refusals = new OverloadRefusals(messages);
  let active = 0;

  const isFull = (): boolean => active >= limit.current;
  const isTooMuch = ({ routeOptions }: FastifyRequest): boolean =>
    routeOptions.url === path && isFull();
  if (beforeParsing) {
    // While the process drains, each answer must end its connection: only those to parsed requests do.
    refuseUnparsed(server.server, [path, ...aliases], refusals, () => !draining.active && isFull());
  }

  // Before the body is read. The CORS headers are there already: Nest's adapter adds their hook before any other.
  server.addHook('onRequest', (request, reply, done) => {
    if (isTooMuch(request)) return refuse(request, reply, refusals);
    done();
  });

  // After the body: others may have taken the last places while it was read.
  server.addHook('preValidation', (request, reply, done) => {
    if (request.routeOptions.url !== path) return done();
    if (isFull()) return refuse(request, reply, refusals);
    working.add(request);
    activeRequests.set((active += 1));
    done();
  });

  // Not when the response ends: a client that goes away ends it at once, but its work goes on.
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
  // As in a refusal before parsing: the same answer, whoever gives it.
  reply.raw.sendDate = false;
  void reply.code(503).headers(headers).send(body);
}
