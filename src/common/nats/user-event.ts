import { isId } from '../graphql/id.js';
import { isRecord } from '../is-record.js';

/** An event is a few dozen bytes. */
const BYTES_MAXIMUM = 65_536;

/**
 * Which user an event is about: `{ userId }` or `{ id }`, plain or as NestJS wraps it (`{ pattern, data }`).
 * `userId` counts where both are there: `id` can be the event's own. Null where it does not say.
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
