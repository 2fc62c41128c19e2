import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Environment } from '../../config/environment.js';

/** libpq's word for the authorities that the system knows. */
const KNOWN_AUTHORITIES = 'system';

type TlsEnvironment = Pick<Environment, 'PGSSLROOTCERT' | 'PGSSLCERT' | 'PGSSLKEY'>;

/** TLS to PostgreSQL. The server's certificate is always checked, with its name. */
export function tlsOptions(
  environment: TlsEnvironment,
): Pick<ConnectionOptions, 'ca' | 'cert' | 'key'> {
  const { PGSSLROOTCERT: authority, PGSSLCERT: certificate, PGSSLKEY: key } = environment;
  return {
    ...(authority && authority !== KNOWN_AUTHORITIES && { ca: readFileSync(authority) }),
    ...(certificate && { cert: readFileSync(certificate) }),
    ...(key && { key: readFileSync(key) }),
  };
}
