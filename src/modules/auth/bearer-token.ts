import type { IncomingMessage } from 'node:http';
import { UnauthenticatedError } from '../../common/errors/service-error.js';

const HEADER = 'authorization';
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
const MAX_TOKEN_BYTES = 8_192;

/**
 * The token of a request, or null when it has no Authorization header.
 * @throws UnauthenticatedError when the header is not exactly one token. Of two headers, Node would silently take the
 *   first, while a proxy before us may have checked the second.
 */
export function bearerToken(
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined || token.length > MAX_TOKEN_BYTES || isRepeated(request.rawHeaders)) {
    throw new UnauthenticatedError();
  }
  return token;
}

/** Raw headers alternate between names and values. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === HEADER.length && name.toLowerCase() === HEADER) count += 1;
  }
  return count > 1;
}
