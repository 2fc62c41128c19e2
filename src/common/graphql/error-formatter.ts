import { Injectable, Logger } from '@nestjs/common';
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { randomUUID } from 'node:crypto';
import { fromDatabaseError } from '../errors/database-error.js';
import { errorView, serviceErrorView, type ErrorView } from '../errors/error-view.js';
import { ServiceError } from '../errors/service-error.js';
import { currentLanguage, currentScope } from '../request/request-scope.js';
import { Messages } from '../i18n/messages.js';
import { cleanText } from '../text/foreign-text.js';

/** Codes that Apollo gives to requests that never reached a resolver. */
const REQUEST_CODES = new Set<unknown>([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
]);

const SUGGESTION = / ?Did you mean [^]*$/;
/** graphql-js quotes the whole invalid value, of any size. */
const PROBLEM_MAXIMUM = 300;

/** Turns any error into one that a client may see, and logs the rest. */
@Injectable()
export class GraphqlErrorFormatter {
  private readonly logger = new Logger('GraphQL');

  constructor(private readonly messages: Messages) {}

  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    const view = this.view(formatted, error);
    const scope = currentScope();
    if (scope) scope.errorCode ??= view.extensions.code;
    const { locations, path } = formatted;
    return { ...(locations && { locations }), ...(path && { path }), ...view };
  }

  private view(formatted: GraphQLFormattedError, error: unknown): ErrorView {
    const original = innermost(error);
    const expected = original instanceof ServiceError ? original : fromDatabaseError(original);
    if (expected) return this.expected(expected);
    // Clients compare this message, or the code. It is part of the protocol, so it is not translated.
    if (formatted.extensions?.['code'] === 'PERSISTED_QUERY_NOT_SUPPORTED') {
      return errorView('PERSISTED_QUERY_NOT_SUPPORTED', formatted.message);
    }
    if (isRequestError(formatted, original)) return this.badRequest(formatted.message, error);
    return this.unexpected(original);
  }

  private expected(error: ServiceError): ErrorView {
    if (error.cause !== undefined) {
      this.logger.warn({ msg: 'request failed', code: error.code, err: error.cause });
    }
    return serviceErrorView(error, this.messages, currentLanguage());
  }

  private badRequest(message: string, error: unknown): ErrorView {
    const problem = cleanText(message.replace(SUGGESTION, ''), PROBLEM_MAXIMUM);
    const text = this.messages.text('errors.syntax', currentLanguage(), { problem });
    return errorView('BAD_USER_INPUT', text, {}, httpStatus(error));
  }

  private unexpected(error: unknown): ErrorView {
    const errorId = randomUUID();
    this.logger.error({ msg: 'unexpected error', errorId, err: error });
    const text = this.messages.text('errors.internal', currentLanguage(), { id: errorId });
    return errorView('INTERNAL_SERVER_ERROR', text, { errorId });
  }
}

function innermost(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError
    ? innermost(error.originalError)
    : error;
}

/**
 * Whether the client is at fault: the document or its variables. An argument that fails only during execution is
 * located at that argument. Errors of the service are located at a field, or have no location.
 */
function isRequestError({ extensions }: GraphQLFormattedError, original: unknown): boolean {
  if (REQUEST_CODES.has(extensions?.['code'])) return true;
  const node = original instanceof GraphQLError ? original.nodes?.[0] : undefined;
  return node !== undefined && node.kind !== Kind.FIELD;
}

function httpStatus(error: unknown): number | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  return error.extensions['http']?.status;
}
