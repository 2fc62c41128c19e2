import type { IncomingMessage } from 'node:http';
import type { Identity } from '../identity/identity.js';

/** Finds out who asks. Implemented by the auth module; the GraphQL layer only needs the answer. */
export abstract class Authenticator {
  /**
   * Who asks, or null where no token is sent.
   * @throws UnauthenticatedError for a token that is not good.
   * @throws ServiceUnavailableError where it cannot be found out.
   */
  abstract authenticate(request: IncomingMessage): Identity | null | Promise<Identity | null>;
}
