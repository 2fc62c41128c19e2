import { isId } from '../id.js';
import { isRecord } from '../is-record.js';

/** An event has a few dozen bytes; this is far more. */
const BYTES_MAXIMUM = 65_536;

/**
 * Which user an event is about: `{ userId }` or `{ id }`, plain or in NestJS's envelope (`{ pattern, data }`). `userId`
 * comes first, since `id` can be the event's own. Null when it names no user.
 */
export function userOfEvent(body: Uint8Array): string | null {
  if (body.length > BYTES_MAXIMUM) return null;
  const event = parsed(body);
  const data = isRecord(event) && isRecord(event['data']) ? event['data'] : event;
  if (!isRecord(data)) return null;
  const id = data['userId'] ?? data['id'];
  return isId(id) ? id : null;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
