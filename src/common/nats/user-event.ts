import { candidatesIn } from './user-candidates.js';

/** An event has a few dozen bytes; this is far more. */
const BYTES_MAXIMUM = 65_536;

/** Which user an event is about, or why that is not certain. */
export type UserOfEvent =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'unclear'; readonly reason: 'too large' | 'no user' | 'several users' };

/**
 * Reads which user an event is about: `{ userId }`, `{ id }`, `{ _id }`, or the id as text, plain, inside `data`, `user`
 * and the like, in NestJS's envelope (`{ pattern, data }`), or as a CloudEvent. `userId` comes before `id`, which can be
 * the event's own. Two ids that could both be meant are never chosen between.
 */
export function userOfEvent(body: Uint8Array): UserOfEvent {
  if (body.length > BYTES_MAXIMUM) return { kind: 'unclear', reason: 'too large' };
  const { ids, unreadable } = candidatesIn(parsed(new TextDecoder().decode(body)));
  const [userId, ...others] = ids;
  if (others.length > 0) return { kind: 'unclear', reason: 'several users' };
  if (userId === undefined || unreadable) return { kind: 'unclear', reason: 'no user' };
  return { kind: 'user', userId };
}

/** What is no JSON is taken for a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
