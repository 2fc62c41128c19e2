import { PeerUnavailableError } from './peer-unavailable.error.js';

/** A peer's reply. `refused` is the peer's own error: the peer was reached and works. */
export type PeerAnswer = { kind: 'answer'; value: unknown } | { kind: 'refused'; error: unknown };

/** The largest reply that is accepted, in bytes: many times the size of a course with thousands of lessons. */
export const REPLY_BYTES_MAXIMUM = 1_048_576;

/**
 * Reads a reply of NestJS's NATS transport: `{ response, isDisposed, id }` or `{ err, … }`. An empty body, or a
 * disposal without a response, means `null`: JSON drops the `undefined` that a handler returned.
 * @throws PeerUnavailableError when the reply is too large, malformed, or not for request `id`.
 */
export function readReply(subject: string, id: string, body: Uint8Array): PeerAnswer {
  if (body.length > REPLY_BYTES_MAXIMUM) throw new PeerUnavailableError('too_large', subject);
  if (body.length === 0) return { kind: 'answer', value: null };

  const reply = parse(subject, body);
  if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) {
    throw new PeerUnavailableError('malformed', subject);
  }
  const { response, err, isDisposed, id: replyId } = reply as Record<string, unknown>;
  if (replyId !== undefined && replyId !== id) throw new PeerUnavailableError('malformed', subject);
  if (err !== undefined && err !== null) return { kind: 'refused', error: err };
  if (response !== undefined) return { kind: 'answer', value: response };
  if (isDisposed === true) return { kind: 'answer', value: null };
  throw new PeerUnavailableError('malformed', subject);
}

function parse(subject: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new PeerUnavailableError('malformed', subject, { cause });
  }
}
