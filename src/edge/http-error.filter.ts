import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { errorView, type ErrorView } from '../common/errors/error-view.js';
import { Messages } from '../common/i18n/messages.js';
import { scopeOf } from '../common/request/request-scope.js';

const MESSAGE_KEYS: Record<number, string> = {
  400: 'bodyMalformed',
  404: 'routeNotFound',
  413: 'bodyTooLarge',
  415: 'mediaTypeUnsupported',
};

/** Gives errors outside GraphQL (bodies, routes) the same form as those inside. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly messages: Messages) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    // The GraphQL layer answers errors of resolvers.
    if (host.getType<string>() !== 'http') throw exception;
    const http = host.switchToHttp();
    const scope = scopeOf(http.getRequest<FastifyRequest>());
    const view = this.view(exception, scope.language);
    scope.errorCode = view.extensions.code;
    const reply = http.getResponse<FastifyReply>();
    void reply.code(view.extensions.statusCode).send({ errors: [view] });
  }

  private view(exception: unknown, language: string): ErrorView {
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    if (status >= 500) return this.unexpected(exception, language);
    const message = this.messages.text(
      `errors.${MESSAGE_KEYS[status] ?? 'requestInvalid'}`,
      language,
    );
    return errorView(status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT', message, {}, status);
  }

  private unexpected(exception: unknown, language: string): ErrorView {
    const errorId = randomUUID();
    this.logger.error({ msg: 'unexpected error', errorId, err: exception });
    const message = this.messages.text('errors.internal', language, { id: errorId });
    return errorView('INTERNAL_SERVER_ERROR', message, { errorId });
  }
}
