import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { createSecretKey } from 'node:crypto';
import { ServiceUnavailableError } from '../../common/errors/service-error.js';
import type { Environment } from '../../config/environment.js';

/** The shortest time between two fetches of keys because of an unknown key id. */
const COOLDOWN_MS = 30_000;
const KEYS_BELIEVED_MS = 3_600_000;
const TIMEOUT_MS = 3_000;
/** After keys could not be fetched, do not try again for this long. */
const RESPITE_MS = 1_000;

export interface VerificationKeys {
  /** The accepted algorithms. The configuration decides; the token's header must name one of them. */
  readonly algorithms: string[];
  readonly key: JWTVerifyGetKey;
}

/**
 * The keys of `JWKS_URL` if it is set, else the shared secret. Never both: a token for one must not pass with the
 * other.
 */
export function verificationKeys({ JWKS_URL, JWT_SECRET }: Environment): VerificationKeys {
  if (JWKS_URL)
    return { algorithms: ['RS256', 'ES256', 'EdDSA'], key: remoteKeys(new URL(JWKS_URL)) };
  const secret = createSecretKey(JWT_SECRET, 'utf8');
  return { algorithms: ['HS256'], key: async () => secret };
}

function remoteKeys(url: URL): JWTVerifyGetKey {
  const find = createRemoteJWKSet(url, {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_BELIEVED_MS,
    timeoutDuration: TIMEOUT_MS,
  });
  let failedAt = -Infinity;
  return async (header, token) => {
    if (performance.now() - failedAt < RESPITE_MS)
      return believed(find.fresh ? find.jwks() : undefined)(header, token);
    try {
      return await find(header, token);
    } catch (error) {
      // The key is unknown or ambiguous: an error of the token.
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys
      ) {
        throw error;
      }
      failedAt = performance.now();
      throw new ServiceUnavailableError('serviceUnavailable', { cause: error });
    }
  };
}

/**
 * Verifies with the keys fetched before, while they are still valid. Tokens with unknown key ids cause fetches, and a
 * failed fetch must not lock out tokens with known keys.
 */
function believed(keys: JSONWebKeySet | undefined): JWTVerifyGetKey {
  if (!keys) throw new ServiceUnavailableError();
  const find = createLocalJWKSet(keys);
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      throw error instanceof errors.JWKSNoMatchingKey ? new ServiceUnavailableError() : error;
    }
  };
}
