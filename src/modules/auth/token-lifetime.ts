import type { JWTPayload } from 'jose';
import { UnauthenticatedError } from '../../common/errors/service-error.js';

/** How far the clock of whoever signs tokens may run ahead of ours. */
const AHEAD_SECONDS = 30;

/** Which claim has to bound a token's life. */
export function lifetimeClaim(maxAgeSeconds: number): 'exp' | 'iat' {
  return maxAgeSeconds > 0 ? 'iat' : 'exp';
}

/**
 * When a verified token stops being believed, in milliseconds since 1970: at its `exp`, and with a maximum
 * age at `iat` plus that age where this is earlier.
 *
 * jose's `maxTokenAge` is not used: the tolerance that `iat` needs it would give to `exp` and `nbf` as well.
 * @throws UnauthenticatedError where it has ended already (`tokenExpired`), or was issued in the future.
 */
export function endOfLife({ exp = Infinity, iat = 0 }: JWTPayload, maxAgeSeconds: number): number {
  if (maxAgeSeconds === 0) return exp * 1_000;
  const now = Date.now() / 1_000;
  if (iat > now + AHEAD_SECONDS) throw new UnauthenticatedError();
  const end = Math.min(exp, iat + maxAgeSeconds);
  if (end <= now) throw new UnauthenticatedError('tokenExpired');
  return end * 1_000;
}
