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

/** How often, at most, keys are asked for because a token names one that is not known. */
const COOLDOWN_MS = 30_000;
const KEYS_BELIEVED_MS = 3_600_000;
const TIMEOUT_MS = 3_000;
/** After a failure to get keys, nobody is asked for this long. */
const RESPITE_MS = 1_000;

export interface VerificationKeys {
  /** What a token may be signed with. Configuration decides; the token's header must agree. */
  readonly algorithms: string[];
  readonly key: JWTVerifyGetKey;
}

/** The keys of `JWKS_URL` where it is set, else the shared secret. Never both: one must not pass for the other. */
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
      // The key is not there, or there are several: the token's fault.
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
 * The keys that are still believed: whoever names one that is not known, which has it asked for, must not keep out those
 * who name one that is.
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
