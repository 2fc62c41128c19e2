import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { NotFoundError, UnauthenticatedError } from '../../common/errors/service-error.js';
import { Authenticator } from '../../common/graphql/authenticator.js';
import type { Identity } from '../../common/identity/identity.js';
import { cleanText } from '../../common/text/foreign-text.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { DirectoryUser } from '../user-directory/user-client.js';
import { UserDirectoryService } from '../user-directory/user-directory.service.js';
import { bearerToken } from './bearer-token.js';
import { userRole, type TokenSubject } from './token-claims.js';
import { TokenVerifier } from './token-verifier.js';

/** Unknown roles that were reported; each is reported once. */
const REPORTS_MAXIMUM = 100;

/**
 * Identifies the asker by their bearer token. The user service is asked as well when the token names no role, or when
 * `AUTH_VERIFY_USER` is set. When token and user are both known, nothing is awaited.
 */
@Injectable()
export class TokenAuthenticator extends Authenticator {
  private readonly logger = new Logger(TokenAuthenticator.name);
  private readonly reported = new Set<string | null>();

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
    const subject = this.verifier.verify(token);
    return subject instanceof Promise
      ? subject.then((verified) => this.identityOf(verified))
      : this.identityOf(subject);
  }

  private identityOf(subject: TokenSubject): Identity | Promise<Identity> {
    if (this.isDecided(subject)) return subject;
    const known = this.users.known(subject.userId);
    return known ? this.asTheDirectorySays(subject, known) : this.lookUp(subject);
  }

  /** A service is not a user, so the user service is not asked about it. */
  private isDecided(subject: TokenSubject): subject is Identity {
    if (subject.role === 'service') return true;
    return subject.role !== null && !this.environment.AUTH_VERIFY_USER;
  }

  private async lookUp(subject: TokenSubject): Promise<Identity> {
    try {
      return this.asTheDirectorySays(subject, await this.users.identify(subject.userId));
    } catch (error) {
      throw error instanceof NotFoundError ? new UnauthenticatedError() : error;
    }
  }

  /** Refuses a token whose role differs from the user service's. */
  private asTheDirectorySays(subject: TokenSubject, user: DirectoryUser): Identity {
    const role = userRole(user.role);
    if (role === null) this.report(user.role);
    if (role === null || (subject.role !== null && subject.role !== role))
      throw new UnauthenticatedError();
    return { userId: subject.userId, role };
  }

  private report(role: string | null): void {
    if (this.reported.has(role) || this.reported.size >= REPORTS_MAXIMUM) return;
    this.reported.add(role);
    this.logger.warn({
      msg: 'the user service names a role that is not known: its users are refused',
      role: role === null ? null : cleanText(role, 64),
    });
  }
}
