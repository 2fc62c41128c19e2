import type { JWTPayload } from 'jose';
import { UnauthenticatedError } from '../../common/errors/service-error.js';

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
 * @throws UnauthenticatedError when the token has already expired (`tokenExpired`), or was issued in the future.
 */
export function endOfLife({ exp = Infinity, iat = 0 }: JWTPayload, maxAgeSeconds: number): number {
  if (maxAgeSeconds === 0) return exp * 1_000;
  const now = Date.now() / 1_000;
  if (iat > now + AHEAD_SECONDS) throw new UnauthenticatedError();
  const end = Math.min(exp, iat + maxAgeSeconds);
  if (end <= now) throw new UnauthenticatedError('tokenExpired');
  return end * 1_000;
}
