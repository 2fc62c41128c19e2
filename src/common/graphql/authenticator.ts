import type { IncomingMessage } from 'node:http';
import type { Identity } from '../identity/identity.js';

/** Finds the identity behind a request. Implemented by the auth module; the GraphQL layer needs only the result. */
export abstract class Authenticator {
  /**
   * @returns null when the request has no token.
   * @throws UnauthenticatedError when the token is not valid.
   * @throws ServiceUnavailableError when the identity cannot be found out now.
   */
  abstract authenticate(request: IncomingMessage): Identity | null | Promise<Identity | null>;
}
