/** How much of an event is kept: an event has a few dozen bytes, a message may have a megabyte. */
const BYTES_MAXIMUM = 16_384;

/** An event that nobody understands. */
export interface UnreadEvent {
  /** The NATS subject. */
  readonly subject: string;
  /** Its first part. */
  readonly body: Uint8Array;
  readonly reason: string;
}

/** @param body the whole event */
export const unreadEvent = (subject: string, body: Uint8Array, reason: string): UnreadEvent => ({
  subject,
  body: body.slice(0, BYTES_MAXIMUM),
  reason,
});
