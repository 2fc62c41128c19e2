import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import type { Draining } from '../../common/health/draining.js';
import type { Messages } from '../../common/i18n/messages.js';
import { registry } from '../../common/metrics/registry.js';
import { scopeOf } from '../../common/request/request-scope.js';
import { apiUrl } from '../../common/request/api-url.js';
import { OverloadRefusals } from './overload-refusals.js';
import { PaceLimit } from './pace-limit.js';
import { refuseQuickly } from './quick-refusal.js';
import { RefusalShare } from './refusal-share.js';
import { refuseUnparsed } from './unparsed-refusal.js';

const activeRequests = new Gauge({
  name: 'progress_http_requests_active',
  help: 'Requests to the API that are being worked on',
  aggregator: 'sum',
  registers: [registry],
});

interface OverloadOptions {
  /** The API's own path, and further paths under which it is served. */
  path: string;
  aliases: readonly string[];
  /** How many requests are worked on at the same time, at most. */
  maximum: number;
  /** Whether most requests are refused before HTTP is parsed. If not, Fastify's hooks refuse all of them. */
  beforeParsing: boolean;
  messages: Messages;
  draining: Draining;
}

/**
 * Refuses requests to `path` with 503 and `retry-after`: beyond `maximum`, or beyond what the process can keep up with.
 * So accepted requests stay fast. A request holds its place from the end of its body until its answer is ready: slow
 * senders and slow readers hold no place.
 *
 * Call it before other hooks are added: whatever they do for a request that is refused is wasted.
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
  // Fastify makes `routeOptions` anew at each access: ask for it last.
  const isTooMuch = (request: FastifyRequest): boolean =>
    isFull() && request.routeOptions.url === path;
  if (beforeParsing) {
    // While the process drains, each answer must end its connection. Only answers to parsed requests do that.
    const share = new RefusalShare();
    const mayRefuse = (): boolean => !draining.active && isFull();
    refuseUnparsed(server.server, [path, ...aliases], refusals, share, mayRefuse);
    // Closing ends connections on which Node knows of no request.
    server.addHook('preClose', (done) => {
      share.sendAll();
      done();
    });
    const toApi = apiUrl(aliases);
    refuseQuickly(server, refusals, (url) => isFull() && toApi(url) !== null);
  }

  // Refuse before the body is read. The CORS headers are set already: Nest's adapter adds their hook first.
  server.addHook('onRequest', (request, reply, done) => {
    if (isTooMuch(request)) return refuse(request, reply, refusals);
    done();
  });

  // Refuse after the body: other requests may have taken the last places while it was read.
  server.addHook('preValidation', (request, reply, done) => {
    if (request.routeOptions.url !== path) return done();
    if (isFull()) return refuse(request, reply, refusals);
    working.add(request);
    activeRequests.set((active += 1));
    done();
  });

  // Do not wait for the end of the response: it ends at once when a client disconnects, but its work goes on.
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
  // Same answer as before parsing, which has no Date header.
  reply.raw.sendDate = false;
  void reply.code(503).headers(headers).send(body);
}
