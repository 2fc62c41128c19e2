import { Global, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Logger } from 'nestjs-pino';
import { Authenticator } from '../../src/common/graphql/authenticator.js';
import { GraphqlApiModule } from '../../src/common/graphql/graphql.module.js';
import { GRAPHQL_PATH } from '../../src/common/request/graphql-path.js';
import { Draining } from '../../src/common/health/draining.js';
import { httpOptions } from '../../src/edge/http-options.js';
import { EdgeModule } from '../../src/edge/edge.module.js';
import { registerHttp } from '../../src/edge/register-http.js';
import { I18nModule } from '../../src/common/i18n/i18n.module.js';
import { LoggingModule } from '../../src/common/logging/logging.module.js';
import { MetricsModule } from '../../src/common/metrics/metrics.module.js';
import { ENVIRONMENT } from '../../src/config/environment.js';
import { TokenAuthenticator } from '../../src/modules/auth/token-authenticator.js';
import { TokenVerifier } from '../../src/modules/auth/token-verifier.js';
import { UserDirectoryService } from '../../src/modules/user-directory/user-directory.service.js';
import { edgeEnvironment } from './edge-environment.ts';
import { captureLogs, type LogLine } from './logs.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
  };
}

export interface EdgeApp {
  readonly app: NestFastifyApplication;
  /** Origin, for instance `http://127.0.0.1:40123`. */
  readonly origin: string;
  readonly url: string;
  /** All log lines that `LOG_LEVEL` lets through. */
  readonly logged: Record<string, unknown>[];
  graphql(
    query: string,
    options?: { token?: string; variables?: object; headers?: Record<string, string> },
  ): Promise<Answer>;
  send(init: RequestInit, path?: string): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * The service's edge (HTTP, GraphQL, tokens, logs) around the test's own resolvers, listening on a free port. No
 * database, no NATS.
 */
export async function startEdge(
  resolvers: Type[],
  overrides: Record<string, string> = {},
  users: Pick<UserDirectoryService, 'known' | 'identify'> = {
    known: () => undefined,
    identify: () => Promise.reject(new Error('not asked')),
  },
  imports: ModuleMetadata['imports'] = [],
): Promise<EdgeApp> {
  const environment = edgeEnvironment(overrides);

  @Global()
  @Module({
    providers: [
      { provide: ENVIRONMENT, useValue: environment },
      { provide: UserDirectoryService, useValue: users },
      Draining,
      TokenVerifier,
      { provide: Authenticator, useClass: TokenAuthenticator },
    ],
    exports: [ENVIRONMENT, Authenticator, Draining],
  })
  class SurroundingsModule {}

  const module = await Test.createTestingModule({
    imports: [
      SurroundingsModule,
      I18nModule,
      LoggingModule,
      EdgeModule,
      MetricsModule,
      GraphqlApiModule,
      ...(imports ?? []),
    ],
    providers: resolvers,
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter(httpOptions(environment)),
    { bodyParser: false, bufferLogs: true },
  );
  app.useLogger(app.get(Logger));
  const logged: LogLine[] = [];
  captureLogs(logged, environment.LOG_LEVEL);
  registerHttp(app, environment);
  await app.listen(0, '127.0.0.1');
  const origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');

  const send = async (init: RequestInit, path = GRAPHQL_PATH): Promise<Answer> => {
    const response = await fetch(origin + path, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  return {
    app,
    origin,
    url: origin + GRAPHQL_PATH,
    logged,
    send,
    graphql: (query, { token, variables, headers } = {}) =>
      send({
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      }),
    close: () => app.close(),
  };
}

function parsed(text: string): Answer['json'] {
  try {
    return JSON.parse(text) as Answer['json'];
  } catch {
    return {};
  }
}
