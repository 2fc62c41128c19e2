import { isId } from '../../common/graphql/id.js';
import { isRecord } from '../../common/nats/reply-data.js';

export const USER_DELETED = 'user.deleted';

/** An event is a few dozen bytes. */
const BYTES_MAXIMUM = 65_536;

/**
 * Whom a `user.deleted` event is about: `{ id }` or `{ userId }`, plain or as NestJS wraps it (`{ pattern, data }`).
 * Null where it does not say.
 */
export function deletedUser(body: Uint8Array): string | null {
  if (body.length > BYTES_MAXIMUM) return null;
  const event = parsed(body);
  const data = isRecord(event) && isRecord(event['data']) ? event['data'] : event;
  if (!isRecord(data)) return null;
  const id = data['id'] ?? data['userId'];
  return isId(id) ? id : null;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
