import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../config/environment.js';
import { OperationFastPath } from '../common/graphql/known-operations/operation-fast-path.js';
import { Draining } from '../common/health/draining.js';
import { Messages } from '../common/i18n/messages.js';
import { RequestLog } from '../common/logging/request-log.js';
import { RateLimits } from '../common/rate-limit/rate-limits.js';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';
import { scopeOf, withinScope } from '../common/request/request-scope.js';
import { registerBodyParser } from './body-parser.js';
import { registerCors } from './cors.js';
import { registerDashboard } from './dashboard/register-dashboard.js';
import { registerGraphiql } from './graphiql.js';
import { registerLandingPage } from './landing-page.js';
import { registerLessonPage } from './lesson-page.js';
import { limitAddresses } from './limit-addresses.js';
import { refuseOverload } from './overload/refuse-overload.js';
import { registerRequestId } from './request-id.js';
import { registerSecurityHeaders } from './security-headers.js';
import { closeWhileDraining } from './stop/close-while-draining.js';
import { endUnusedConnections } from './stop/unused-connections.js';
import { refuseUnusableHosts } from './usable-host.js';

/**
 * Sets up all of HTTP except GraphQL, in the order in which a request passes it. Call it before the application
 * listens. The application must be created with `bodyParser: false`.
 */
export function registerHttp(app: NestFastifyApplication, environment: Environment): void {
  const server = app.getHttpAdapter().getInstance();
  const messages = app.get(Messages, { strict: false });
  const draining = app.get(Draining, { strict: false });
  const limits = app.get(RateLimits, { strict: false });

  server.decorateRequest('scope', null);
  refuseOverload(server, {
    path: GRAPHQL_PATH,
    aliases: environment.GRAPHQL_PATHS,
    maximum: environment.MAX_CONCURRENT_REQUESTS,
    beforeParsing: environment.REFUSE_BEFORE_PARSING,
    messages,
    draining,
  });
  registerSecurityHeaders(server, environment);
  registerRequestId(server);
  endUnusedConnections(server);
  closeWhileDraining(server, draining);
  app.get(RequestLog, { strict: false }).register(server);
  registerCors(app, environment);
  refuseUnusableHosts(server, messages);
  limitAddresses(server, { path: GRAPHQL_PATH, limits, messages });
  registerBodyParser(server);
  // Enter the scope only after the body: reading it would lose the scope.
  server.addHook('preValidation', (request, _reply, done) => withinScope(scopeOf(request), done));
  app.get(OperationFastPath, { strict: false }).register(server);
  registerGraphiql(server, environment);
  registerLessonPage(server, environment);
  registerDashboard(server, environment);
  registerLandingPage(server, environment, messages);
}
