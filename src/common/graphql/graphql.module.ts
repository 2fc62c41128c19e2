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
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { ContextFactory } from './context-factory.js';
import { CSRF_PREVENTION } from './csrf-prevention.js';
import { DateTimeScalar } from './date-time.scalar.js';
import {
  documentLimits,
  MAX_SELECTIONS,
  MAX_TOKENS,
  MAX_VALIDATION_ERRORS,
} from './document-limits.js';
import { GraphqlErrorFormatter } from './error-formatter.js';
import { GRAPHQL_PATH } from '../request/graphql-path.js';
import { InputValidationPipe } from './input-validation.pipe.js';
import { OperationFastPath } from './known-operations/operation-fast-path.js';
import { KnownOperations } from './known-operations/known-operations.js';
import { JsonClientStatusPlugin } from './json-client-status.plugin.js';
import { OperationGate } from './operation-gate.js';
import { OperationGatePlugin } from './operation-gate.plugin.js';

/** What decides about a request; Apollo and the fast path both use it. */
const REQUEST_PROVIDERS = [ContextFactory, GraphqlErrorFormatter, KnownOperations, OperationGate];

@Module({
  imports: [RateLimitModule],
  providers: [...REQUEST_PROVIDERS, OperationFastPath],
  exports: REQUEST_PROVIDERS,
})
class GraphqlRequestModule {}

/**
 * The GraphQL endpoint: Apollo Server on Nest's Fastify, with a schema made from the resolvers' code. The application
 * must also provide an `Authenticator` and `Messages` globally.
 */
@Module({
  imports: [
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [GraphqlRequestModule],
      inject: [ENVIRONMENT, ContextFactory, GraphqlErrorFormatter, OperationGate, KnownOperations],
      useFactory: apolloOptions,
    }),
  ],
  providers: [DateTimeScalar, { provide: APP_PIPE, useClass: InputValidationPipe }],
})
export class GraphqlApiModule {}

function apolloOptions(
  environment: Environment,
  contexts: ContextFactory,
  errors: GraphqlErrorFormatter,
  gate: OperationGate,
  known: KnownOperations,
): ApolloDriverConfig {
  return {
    path: GRAPHQL_PATH,
    autoSchemaFile: true,
    sortSchema: true,
    introspection: isOn(environment.INTROSPECTION, environment),
    includeStacktraceInErrorResponses: false,
    graphiql: false,
    csrfPrevention: CSRF_PREVENTION,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: known.documents,
    autoTransformHttpErrors: false,
    preserveHttpStatusForExecutionErrors: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: MAX_SELECTIONS,
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    validationRules: documentLimits(),
    context: (request: FastifyRequest) => contexts.for(request),
    formatError: (formatted, error) => errors.format(formatted, error),
    plugins: [
      new OperationGatePlugin(gate),
      new JsonClientStatusPlugin(),
      known,
      // Apollo's own extras are off: two of them report to Apollo, one wraps every field's resolver to collect cache
      // hints.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  };
}

/** 'auto': on in development, off in production. */
function isOn(setting: Environment['INTROSPECTION'], { NODE_ENV }: Environment): boolean {
  return setting === 'auto' ? NODE_ENV !== 'production' : setting === 'true';
}
