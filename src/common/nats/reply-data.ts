import { PeerUnavailableError } from './peer-unavailable.error.js';
import type { PeerAnswer } from './wire-reply.js';

/**
 * The `data` of the platform's usual `{ success, message, data }`, or null for 'not found', which
 * peers say in four ways: an error, an empty reply, `success: false`, or `data: null`.
 * @throws PeerUnavailableError when the answer has another shape.
 */
export function dataOrNotFound(
  subject: string,
  answer: PeerAnswer,
): Record<string, unknown> | null {
  if (answer.kind === 'refused' || answer.value === null) return null;
  if (!isRecord(answer.value)) throw new PeerUnavailableError('malformed', subject);
  const { success, data } = answer.value;
  if (data === null || (success === false && data === undefined)) return null;
  if (success === false || !isRecord(data)) throw new PeerUnavailableError('malformed', subject);
  return data;
}

/** The id of a record, which peers keep under `_id` or `id`. */
export function idOf(record: Record<string, unknown>): string | null {
  return idsOf(record)[0] ?? null;
}

/** The ids of a record: some peers give it one under `_id` and another under `id`. */
export function idsOf(record: Record<string, unknown>): string[] {
  return [record['_id'], record['id']].map(readId).filter((id) => id !== null);
}

/** An id as a peer writes it, a text or MongoDB's `{ "$oid": … }`. Null when it has not the form of an id. */
export function readId(value: unknown): string | null {
  const id = isRecord(value) ? value['$oid'] : value;
  return typeof id === 'string' && ID_FORM.test(id) ? id : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ID_FORM = /^[A-Za-z0-9_-]{1,26}$/;
