import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../request/request-scope.js';
import { Authenticator } from './authenticator.js';
import type { GraphqlContext } from './context.js';
import { requestError } from './request-error.js';
import { RequestLoaders } from './request-loaders.js';

/** Makes the context of a request; first it finds the identity. */
@Injectable()
export class ContextFactory {
  constructor(private readonly authenticator: Authenticator) {}

  /** @throws the `requestError` of an UnauthenticatedError or a ServiceUnavailableError */
  async for(request: FastifyRequest): Promise<GraphqlContext> {
    const { language, requestId } = scopeOf(request);
    try {
      const identity = await this.authenticator.authenticate(request.raw);
      return { identity, language, requestId, loaders: new RequestLoaders() };
    } catch (error) {
      throw requestError(error);
    }
  }
}
