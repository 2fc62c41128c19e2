import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, jwtVerify, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { ServiceError, UnauthenticatedError } from '../../common/errors/service-error.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { subjectFrom, type TokenSubject } from './token-claims.js';
import { endOfLife, lifetimeClaim } from './token-lifetime.js';
import { verificationKeys, type VerificationKeys } from './verification-keys.js';

const TOKENS_REMEMBERED = 50_000;
/** Total characters of the tokens that are remembered: some tens of thousands of usual tokens. */
const CHARACTERS_REMEMBERED = 16_777_216;
/**
 * A remembered token is verified again after this time. With the age that keys may have when they verify
 * (`remote-keys.ts`), a token whose key was withdrawn is believed for less than five minutes.
 */
const BELIEVED_MS = 150_000;

/** Headers by which a token would bring its own key, or change how it is read. */
const REFUSED_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip'];
const KEY_ID = /^[\w.~:=+-]{1,128}$/;

interface Verified {
  readonly subject: TokenSubject;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** By `performance.now()`. */
  readonly verifiedAt: number;
}

/** Verifies tokens. A valid token is remembered for a while, unless it expires, or the keys change. */
@Injectable()
export class TokenVerifier {
  private readonly keys: VerificationKeys;
  private readonly options: JWTVerifyOptions;
  private known = memory();

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    this.keys = verificationKeys(environment, () => (this.known = memory()));
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
    this.keys.refresh();
    const known = this.known.get(token);
    if (!known || performance.now() - known.verifiedAt > BELIEVED_MS) return this.verifyNew(token);
    if (known.expiresAt <= Date.now()) throw new UnauthenticatedError('tokenExpired');
    return known.subject;
  }

  private async verifyNew(token: string): Promise<TokenSubject> {
    // If the keys change meanwhile, this is no longer the memory in use: what the old keys proved is forgotten.
    const { known } = this;
    try {
      checkHeader(token);
      const { payload } = await jwtVerify(token, this.keys.find, this.options);
      const subject = subjectFrom(payload, this.environment);
      const expiresAt = endOfLife(payload, this.environment);
      known.set(token, { subject, expiresAt, verifiedAt: performance.now() });
      return subject;
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      const expired = error instanceof errors.JWTExpired;
      throw new UnauthenticatedError(expired ? 'tokenExpired' : 'unauthenticated');
    }
  }
}

function memory(): LRUCache<string, Verified> {
  return new LRUCache({
    max: TOKENS_REMEMBERED,
    maxSize: CHARACTERS_REMEMBERED,
    sizeCalculation: (_verified, token) => token.length,
  });
}

function checkHeader(token: string): void {
  const header: Record<string, unknown> = { ...decodeProtectedHeader(token) };
  const { kid } = header;
  const kidIsSane = kid === undefined || (typeof kid === 'string' && KEY_ID.test(kid));
  if (!kidIsSane || REFUSED_HEADERS.some((name) => name in header))
    throw new UnauthenticatedError();
}
