import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Counter, Histogram } from 'prom-client';
import { GRAPHQL_PATH } from '../request/graphql-path.js';
import { scopeOf, type RequestScope } from '../request/request-scope.js';
import { registry } from '../metrics/registry.js';
import { cleanText } from '../text/foreign-text.js';
import { RequestLine } from './request-line.js';

const NAME_MAXIMUM = 64;

const requests = new Counter({
  name: 'progress_graphql_requests_total',
  help: 'GraphQL requests, by operation of our schema and by outcome (a code, or OK)',
  labelNames: ['operation', 'outcome'] as const,
  registers: [registry],
});

const seconds = new Histogram({
  name: 'progress_graphql_request_seconds',
  help: 'Time from the arrival of a request to the end of its answer, in seconds',
  labelNames: ['operation'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

/** One log line and two metrics for every GraphQL request, however it ends. */
@Injectable()
export class RequestLog {
  private readonly line: RequestLine;

  constructor({ logger }: PinoLogger) {
    this.line = new RequestLine(logger);
  }

  register(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      if (request.routeOptions.url === GRAPHQL_PATH) this.record(request, reply);
      done();
    });
  }

  private record(request: FastifyRequest, reply: FastifyReply): void {
    const scope = scopeOf(request);
    const outcome = outcomeOf(scope, reply);
    const { operationName } = scope;
    const operation = operationLabel(scope);
    requests.inc({ operation, outcome });
    seconds.observe({ operation }, reply.elapsedTime / 1_000);
    this.line.write({
      requestId: scope.requestId,
      userId: scope.userId,
      operationName: operationName && cleanText(operationName, NAME_MAXIMUM),
      fields: scope.rootFields,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      outcome,
    });
  }
}

function outcomeOf(scope: RequestScope, reply: FastifyReply): string {
  if (!reply.raw.writableFinished) return 'ABORTED';
  if (scope.errorCode) return scope.errorCode;
  return reply.statusCode < 400 ? 'OK' : `HTTP_${reply.statusCode}`;
}

/** A label with a bounded number of values: a field of the schema, or one word for several fields, or for none. */
function operationLabel({ rootFields }: RequestScope): string {
  if (!rootFields || rootFields.length === 0) return 'none';
  return rootFields.length === 1 ? String(rootFields[0]) : 'several';
}
