import type { JWTVerifyGetKey } from 'jose';
import { createSecretKey } from 'node:crypto';
import type { Environment } from '../../config/environment.js';
import { RemoteKeys } from './remote-keys.js';

export interface VerificationKeys {
  /** The accepted algorithms. The configuration decides; the token's header must name one of them. */
  readonly algorithms: string[];
  readonly find: JWTVerifyGetKey;
  /** Has changed keys found out in the background, if it is time. */
  refresh(): void;
}

/**
 * The keys of `JWKS_URL` if it is set, else the shared secret. Never both: a token for one must not pass with the
 * other.
 * @param onChange is called when the keys have changed
 */
export function verificationKeys(
  { JWKS_URL, JWT_SECRET }: Environment,
  onChange: () => void,
): VerificationKeys {
  if (JWKS_URL) {
    const keys = new RemoteKeys(new URL(JWKS_URL), onChange);
    return {
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      find: keys.find,
      refresh: () => keys.refresh(),
    };
  }
  const secret = createSecretKey(JWT_SECRET, 'utf8');
  return { algorithms: ['HS256'], find: async () => secret, refresh: () => {} };
}
