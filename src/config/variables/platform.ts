import { z } from 'zod';
import { integer, isUrlOf, list } from './kinds.js';

const NATS = ['nats:', 'tls:'];

/** The platform, over NATS: how it is asked, and how long its answers are believed. */
export const PLATFORM = {
  NATS_URL: list.refine(
    (urls) => urls.every((url) => isUrlOf(NATS, url.includes('://') ? url : `nats://${url}`)),
    'expected are nats://[user:password@]host[:port], or tls://…, separated by commas',
  ),
  /** Users and courses are asked side by side: even where nobody answers, creating is answered within 3 s. */
  NATS_REQUEST_TIMEOUT_MS: integer(2_000, 50, 60_000),
  NATS_BREAKER_FAILURES: integer(5, 1, 1_000),
  NATS_BREAKER_RESET_MS: integer(2_000, 50, 600_000),
  USER_CACHE_SECONDS: integer(300, 0, 86_400),
  /** How long a peer's 'does not exist' is believed. */
  ABSENCE_CACHE_SECONDS: integer(10, 0, 3_600),
  /** What a peer's error means that gives no reason ('Internal server error'). */
  PEER_GENERIC_ERROR: z.enum(['unavailable', 'absent']).default('unavailable'),
  /** A stored course structure older than this is asked for again, in the background. */
  COURSE_REFRESH_SECONDS: integer(300, 1, 604_800),
  /** The same for one that nobody reads: its change may have been missed, and learners wait for what it means. */
  COURSE_REVIEW_SECONDS: integer(86_400, 1, 31_536_000),
  /** In which form courses are asked for: `auto` learns it, or the name of a subject. */
  COURSE_LOOKUP: z.enum(['auto', 'course.get.by.id', 'course.findUsersWithIds']).default('auto'),
};
