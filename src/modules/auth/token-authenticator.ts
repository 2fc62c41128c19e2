import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { NotFoundError, UnauthenticatedError } from '../../common/errors/service-error.js';
import { Authenticator } from '../../common/graphql/authenticator.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { UserDirectoryService } from '../user-directory/user-directory.service.js';
import { bearerToken } from './bearer-token.js';
import type { Identity } from '../../common/identity/identity.js';
import { TokenVerifier } from './token-verifier.js';

/** Who asks, by their bearer token; with `AUTH_VERIFY_USER` also by what the user service says of them. */
@Injectable()
export class TokenAuthenticator extends Authenticator {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly users: UserDirectoryService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    super();
  }

  override authenticate(request: IncomingMessage): Identity | null | Promise<Identity | null> {
    const token = bearerToken(request);
    if (token === null) return null;
    const identity = this.verifier.verify(token);
    return this.environment.AUTH_VERIFY_USER ? this.confirmed(identity) : identity;
  }

  /** A service is no user, so nobody is asked about it. */
  private async confirmed(claimed: Identity | Promise<Identity>): Promise<Identity> {
    const identity = await claimed;
    if (identity.role === 'service') return identity;
    try {
      const { role } = await this.users.requireUser(identity.userId);
      if (role !== identity.role) throw new UnauthenticatedError();
    } catch (error) {
      throw error instanceof NotFoundError ? new UnauthenticatedError() : error;
    }
    return identity;
  }
}
