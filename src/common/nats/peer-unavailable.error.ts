/** Why a peer could not be asked, or was not understood. */
export type UnavailableReason =
  | 'disconnected'
  | 'no_responder'
  | 'timeout'
  | 'circuit_open'
  | 'too_large'
  | 'malformed'
  | 'failing';

/**
 * Nobody knows what the peer would have said: a retry may succeed. A request that ended so may
 * still have been carried out. Never thrown for 'does not exist'.
 */
export class PeerUnavailableError extends Error {
  constructor(
    readonly reason: UnavailableReason,
    readonly subject: string,
    options?: ErrorOptions,
  ) {
    super(`${subject} is unavailable: ${reason}`, options);
    this.name = 'PeerUnavailableError';
  }
}
