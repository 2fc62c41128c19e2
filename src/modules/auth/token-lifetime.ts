import type { JWTPayload } from 'jose';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { Environment } from '../../config/environment.js';

/** How far the token issuer's clock may run ahead of ours. */
const AHEAD_SECONDS = 30;

/** Which claim must limit a token's life. */
export function lifetimeClaim(maxAgeSeconds: number): 'exp' | 'iat' {
  return maxAgeSeconds > 0 ? 'iat' : 'exp';
}

/**
 * When a verified token expires, in milliseconds since 1970: at its `exp`, or with a maximum age at `iat` plus that
 * age, whichever comes first.
 *
 * jose's `maxTokenAge` is not used: the tolerance that `iat` needs would also apply to `exp` and `nbf`.
 * @throws UnauthenticatedError when the token has already expired (`tokenExpired`), was issued in the future, or lasts
 *   longer than any may.
 */
export function endOfLife(
  { exp = Infinity, iat }: JWTPayload,
  {
    JWT_MAX_AGE_SECONDS: age,
    JWT_MAX_LIFETIME_SECONDS: longest,
  }: Pick<Environment, 'JWT_MAX_AGE_SECONDS' | 'JWT_MAX_LIFETIME_SECONDS'>,
): number {
  const now = Date.now() / 1_000;
  if (age === 0) {
    // An `iat` to come would make a token of many years look short.
    const begin = Math.min(iat ?? now, now);
    if (longest > 0 && exp - begin > longest + AHEAD_SECONDS) throw tooLong();
    return exp * 1_000;
  }
  const issuedAt = iat ?? 0;
  if (issuedAt > now + AHEAD_SECONDS) throw new UnauthenticatedError();
  const end = Math.min(exp, issuedAt + age);
  if (end <= now) throw new UnauthenticatedError('tokenExpired');
  return end * 1_000;
}

/** Has a cause for the log: platforms that set `exp` in milliseconds would not find out otherwise. */
function tooLong(): UnauthenticatedError {
  const cause = new Error('the token lasts longer than JWT_MAX_LIFETIME_SECONDS');
  return new UnauthenticatedError('unauthenticated', { cause });
}
