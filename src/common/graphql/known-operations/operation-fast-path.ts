import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { ContextFactory } from '../context-factory.js';
import type { GraphqlContext } from '../context.js';
import { GraphqlErrorFormatter } from '../error-formatter.js';
import { GRAPHQL_PATH } from '../../request/graphql-path.js';
import { OperationGate } from '../operation-gate.js';
import type { ExecutableOperation } from './known-operation.js';
import { KnownOperations } from './known-operations.js';
import { fastPathRequest, type FastPathRequest } from './fast-path-request.js';

/**
 * Answers operations that Apollo has served before, without the work that Apollo would repeat for each: hash the
 * document's text, weigh the Accept header four times, ask every plugin at every step. Context, gate, graphql-js and
 * error formatter are the same as Apollo's. Apollo answers all other requests: those refused before execution, and
 * those that need more than the fast path supports. Why: docs/adr/0005-known-operations.md.
 */
@Injectable()
export class OperationFastPath {
  constructor(
    private readonly known: KnownOperations,
    private readonly contexts: ContextFactory,
    private readonly gate: OperationGate,
    private readonly errors: GraphqlErrorFormatter,
  ) {}

  register(server: FastifyInstance): void {
    server.addHook('preHandler', (request, reply, done) => {
      const asked =
        request.routeOptions.url === GRAPHQL_PATH ? fastPathRequest(request) : undefined;
      if (!asked) return done();
      const known = this.known.find(asked.query);
      if (!known && !this.known.mayBeAlike(asked.query)) return done();
      this.answer(known, asked, request).then((body) => {
        if (body === null) done();
        else void reply.header('content-type', asked.type).send(body);
      }, done);
    });
  }

  /** @returns null when Apollo must answer; nothing was executed then */
  private async answer(
    served: ExecutableOperation | undefined,
    asked: FastPathRequest,
    request: FastifyRequest,
  ): Promise<string | null> {
    let known = served;
    let context: GraphqlContext;
    const { query, variables } = asked;
    try {
      context = await this.contexts.for(request);
      // Reading a document costs more than refusing it, so only who has a token may make us look for one alike.
      if (context.identity) known ??= this.known.findAlike(query);
      if (!known || !isNamed(known, asked)) return null;
      const { schema, document, operation } = known;
      const turn = this.gate.admit({ schema, document, operation, variables, context });
      if (turn) await turn;
    } catch {
      return null;
    }
    if (context.identity) this.known.keep(query);
    const result = await known.execute(context, variables);
    // The variables do not fit their types.
    if (result.data === undefined) return null;
    return `${JSON.stringify(this.view(result))}\n`;
  }

  private view({ errors, data }: ExecutionResult): object {
    if (!errors) return { data };
    return { errors: errors.map((error) => this.errors.format(formatted(error), error)), data };
  }
}

function isNamed({ operation }: ExecutableOperation, { operationName }: FastPathRequest): boolean {
  return operationName === undefined || operationName === operation.name?.value;
}

/** Does not use `toJSON`: errors of compiled operations have none. */
function formatted({ message, locations, path, extensions }: GraphQLError): GraphQLFormattedError {
  const code = extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR';
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { ...extensions, code },
  };
}
