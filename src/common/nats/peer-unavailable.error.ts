/** Why a peer could not be reached or understood. */
export type UnavailableReason =
  | 'disconnected'
  | 'no_responder'
  | 'timeout'
  | 'circuit_open'
  | 'too_large'
  | 'malformed'
  | 'failing';

/**
 * The peer's answer is unknown, and a retry may succeed. The request may still have been carried out. Never thrown for
 * 'does not exist'.
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
