import { isRecord } from '../is-record.js';
import { readId } from './reply-data.js';

/** An event has a few dozen bytes; this is far more. */
const BYTES_MAXIMUM = 65_536;
const DEPTH_MAXIMUM = 5;

/** Whom an event is about. `unnamed`: it does not say. `ambiguous`: it names several. */
export type EventSubject =
  { kind: 'user'; userId: string } | { kind: 'unnamed' } | { kind: 'ambiguous' };

/**
 * Reads which user an event is about: an id as text, `{ userId }`, `{ id }` or `{ _id }`, plain, or in `data`, `payload`
 * or `user`, in NestJS's envelope and in a CloudEvent. The `id` of an envelope is the message's own. So is an `id` beside
 * `userId`.
 */
export function userOfEvent(body: Uint8Array): EventSubject {
  if (body.length > BYTES_MAXIMUM) return { kind: 'unnamed' };
  const users = new Set(usersIn(parsed(body), 0));
  const [userId] = users;
  if (userId === undefined) return { kind: 'unnamed' };
  return users.size === 1 ? { kind: 'user', userId } : { kind: 'ambiguous' };
}

const NAMES = ['userId', 'user_id'] as const;
const OWN = ['id', '_id'] as const;
/** Where events hold what they are about. */
const PARTS = ['data', 'payload', 'user'] as const;

/** The ids in places that mean the user. */
function usersIn(value: unknown, depth: number): string[] {
  const id = readId(value);
  if (id !== null) return [id];
  if (!isRecord(value) || depth === DEPTH_MAXIMUM) return [];
  if (isEnvelope(value)) return usersIn(value['data'], depth + 1);
  const named = NAMES.map((name) => readId(value[name])).filter((one) => one !== null);
  const parts = PARTS.flatMap((part) => usersIn(value[part], depth + 1));
  if (named.length > 0 || parts.length > 0) return [...named, ...parts];
  return OWN.map((name) => readId(value[name])).filter((one) => one !== null);
}

/** NestJS's `{ pattern, data, id }`, or a CloudEvent. */
const isEnvelope = (value: Record<string, unknown>): boolean =>
  'data' in value && ('pattern' in value || 'specversion' in value);

/** JSON, or else the text itself: some services send the bare id. */
function parsed(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body).trim();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
