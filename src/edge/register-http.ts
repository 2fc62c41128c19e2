import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../config/environment.js';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';
import { OperationFastPath } from '../common/graphql/known-operations/operation-fast-path.js';
import { Draining } from '../common/health/draining.js';
import { Messages } from '../common/i18n/messages.js';
import { RequestLog } from '../common/logging/request-log.js';
import { limitAddresses } from './limit-addresses.js';
import { RateLimits } from '../common/rate-limit/rate-limits.js';
import { registerBodyParser } from './body-parser.js';
import { capConcurrency } from './overload/concurrency-cap.js';
import { registerGraphiql } from './graphiql.js';
import { scopeOf, withinScope } from '../common/request/request-scope.js';
import { registerSecurityHeaders } from './security-headers.js';
import { refuseUnusableHosts } from './usable-host.js';
import { endUnusedConnections } from './stop/unused-connections.js';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Everything around a request that is not GraphQL, in the order in which it meets a request.
 * To be called before the application listens; it must be created with `bodyParser: false`.
 */
export function registerHttp(app: NestFastifyApplication, environment: Environment): void {
  const server = app.getHttpAdapter().getInstance();
  const messages = app.get(Messages, { strict: false });
  const draining = app.get(Draining, { strict: false });

  server.decorateRequest('scope', null);
  registerSecurityHeaders(server, environment);
  registerRequestId(server);
  endUnusedConnections(server);
  closeWhileDraining(server, draining);
  app.get(RequestLog, { strict: false }).register(server);
  if (environment.CORS_ORIGINS.length > 0) {
    app.enableCors({
      origin: environment.CORS_ORIGINS,
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: PREFLIGHT_MAX_AGE_SECONDS,
    });
  }
  refuseUnusableHosts(server, messages);
  limitAddresses(server, {
    path: GRAPHQL_PATH,
    limits: app.get(RateLimits, { strict: false }),
    messages,
  });
  capConcurrency(server, {
    path: GRAPHQL_PATH,
    maximum: environment.MAX_CONCURRENT_REQUESTS,
    messages,
    draining,
  });
  registerBodyParser(server);
  // Only after the body: reading it would lose the scope.
  server.addHook('preValidation', (request, _reply, done) => withinScope(scopeOf(request), done));
  app.get(OperationFastPath, { strict: false }).register(server);
  registerGraphiql(server, environment);
}

function registerRequestId(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}

/**
 * Sends keep-alive clients elsewhere with their next answer: closing waits for every connection,
 * and one that was busy when it began would otherwise be kept until its idle timeout.
 */
function closeWhileDraining(server: FastifyInstance, draining: Draining): void {
  server.addHook('preClose', (done) => {
    draining.begin();
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.active) void reply.header('connection', 'close');
    done();
  });
}
