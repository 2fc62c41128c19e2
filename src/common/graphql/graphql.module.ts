import type { BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { scopeOf } from '../http/request-scope.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import { Authenticator } from './authenticator.js';
import type { GraphqlContext } from './context.js';
import { DateTimeScalar } from './date-time.scalar.js';
import {
  documentLimits,
  MAX_SELECTIONS,
  MAX_TOKENS,
  MAX_VALIDATION_ERRORS,
} from './document-limits.js';
import { GraphqlErrorFormatter } from './error-formatter.js';
import { GRAPHQL_PATH } from './graphql-path.js';
import { InputValidationPipe } from './input-validation.pipe.js';
import { LegacyStatusPlugin } from './legacy-status.plugin.js';
import { OperationGatePlugin } from './operation-gate.plugin.js';
import { QueryCost } from './query-cost.js';
import { requestError } from './request-error.js';
import { RequestLoaders } from './request-loaders.js';

@Module({ providers: [GraphqlErrorFormatter], exports: [GraphqlErrorFormatter] })
class GraphqlErrorsModule {}

/**
 * The GraphQL endpoint: Apollo Server on Nest's Fastify, its schema made from the resolvers' code.
 * Whoever imports this also provides an `Authenticator` and `Messages` globally.
 */
@Module({
  imports: [
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [GraphqlErrorsModule, RateLimitModule],
      inject: [ENVIRONMENT, Authenticator, GraphqlErrorFormatter, RateLimits],
      useFactory: apolloOptions,
    }),
  ],
  providers: [DateTimeScalar, { provide: APP_PIPE, useClass: InputValidationPipe }],
})
export class GraphqlApiModule {}

function apolloOptions(
  environment: Environment,
  authenticator: Authenticator,
  errors: GraphqlErrorFormatter,
  limits: RateLimits,
): ApolloDriverConfig {
  return {
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    sortSchema: true,
    introspection: isOn(environment.INTROSPECTION, environment),
    includeStacktraceInErrorResponses: false,
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    autoTransformHttpErrors: false,
    preserveHttpStatusForExecutionErrors: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: MAX_SELECTIONS,
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    validationRules: documentLimits(),
    context: (request: FastifyRequest): Promise<GraphqlContext> =>
      contextOf(request, authenticator),
    formatError: (formatted, error) => errors.format(formatted, error),
    plugins: [
      new OperationGatePlugin(new QueryCost(environment.QUERY_COST_LIMIT), limits),
      new LegacyStatusPlugin(),
      // Apollo's own extras: two report to Apollo, one wraps every field's resolver to collect cache hints.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}

async function contextOf(
  request: FastifyRequest,
  authenticator: Authenticator,
): Promise<GraphqlContext & BaseContext> {
  const { language, requestId } = scopeOf(request);
  try {
    const identity = await authenticator.authenticate(request.raw);
    return { identity, language, requestId, loaders: new RequestLoaders() };
  } catch (error) {
    throw requestError(error);
  }
}

/** 'auto' is on wherever developers are, and off in production. */
function isOn(setting: Environment['INTROSPECTION'], { NODE_ENV }: Environment): boolean {
  return setting === 'auto' ? NODE_ENV !== 'production' : setting === 'true';
}
