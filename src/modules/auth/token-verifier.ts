import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, jwtVerify, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { ServiceError, UnauthenticatedError } from '../../common/errors/service-error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { subjectFrom, type TokenSubject } from './token-claims.js';
import { endOfLife, lifetimeClaim } from './token-lifetime.js';
import { verificationKeys, type VerificationKeys } from './verification-keys.js';

/** Total characters of the tokens that are remembered: some tens of thousands of usual tokens. */
const CACHE_CHARACTERS = 16_777_216;

/** Headers by which a token would bring its own key, or change how it is read. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip'];
const KEY_ID = /^[\w.~:=+-]{1,128}$/;

interface Verified {
  readonly subject: TokenSubject;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Verifies tokens. A valid token is remembered until it expires. */
@Injectable()
export class TokenVerifier {
  private readonly keys: VerificationKeys;
  private readonly options: JWTVerifyOptions;
  private readonly known = new LRUCache<string, Verified>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: (_verified, token) => token.length,
  });

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    this.keys = verificationKeys(environment);
    this.options = {
      algorithms: this.keys.algorithms,
      requiredClaims: [lifetimeClaim(environment.JWT_MAX_AGE_SECONDS), 'sub'],
      ...(environment.JWT_ISSUER && { issuer: environment.JWT_ISSUER }),
      ...(environment.JWT_AUDIENCE && { audience: environment.JWT_AUDIENCE }),
    };
  }

  /**
   * Synchronous for a token that was seen before, as almost all were.
   * @throws UnauthenticatedError for an invalid token (`tokenExpired` when it has only expired).
   * @throws ServiceUnavailableError when the keys cannot be fetched.
   */
  verify(token: string): TokenSubject | Promise<TokenSubject> {
    const known = this.known.get(token);
    if (!known) return this.verifyNew(token);
    if (known.expiresAt <= Date.now()) throw new UnauthenticatedError('tokenExpired');
    return known.subject;
  }

  private async verifyNew(token: string): Promise<TokenSubject> {
    try {
      checkHeader(token);
      const { payload } = await jwtVerify(token, this.keys.key, this.options);
      const subject = subjectFrom(payload, this.environment);
      const expiresAt = endOfLife(payload, this.environment.JWT_MAX_AGE_SECONDS);
      this.known.set(token, { subject, expiresAt });
      return subject;
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      const expired = error instanceof errors.JWTExpired;
      throw new UnauthenticatedError(expired ? 'tokenExpired' : 'unauthenticated');
    }
  }
}

function checkHeader(token: string): void {
  const header: Record<string, unknown> = { ...decodeProtectedHeader(token) };
  const { kid } = header;
  const kidIsSane = kid === undefined || (typeof kid === 'string' && KEY_ID.test(kid));
  if (!kidIsSane || REFUSED_HEADERS.some((name) => name in header))
    throw new UnauthenticatedError();
}
