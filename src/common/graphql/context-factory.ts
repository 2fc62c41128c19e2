import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Identity } from '../../modules/auth/identity.js';
import { scopeOf } from '../http/request-scope.js';
import { Authenticator } from './authenticator.js';
import type { GraphqlContext } from './context.js';
import { requestError } from './request-error.js';
import { RequestLoaders } from './request-loaders.js';

/** Makes the context of a request, which begins with finding out who asks. */
@Injectable()
export class ContextFactory {
  constructor(private readonly authenticator: Authenticator) {}

  /**
   * Synchronous where it is known at once who asks.
   * @throws what `requestError` makes of an UnauthenticatedError or a ServiceUnavailableError
   */
  for(request: FastifyRequest): GraphqlContext | Promise<GraphqlContext> {
    try {
      const identity = this.authenticator.authenticate(request.raw);
      return identity instanceof Promise
        ? identity.then((known) => contextOf(request, known), refuse)
        : contextOf(request, identity);
    } catch (error) {
      return refuse(error);
    }
  }
}

function contextOf(request: FastifyRequest, identity: Identity | null): GraphqlContext {
  const { language, requestId } = scopeOf(request);
  return { identity, language, requestId, loaders: new RequestLoaders() };
}

function refuse(error: unknown): never {
  throw requestError(error);
}
