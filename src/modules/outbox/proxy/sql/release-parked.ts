import type { Topic } from '../../topics.js';

/**
 * The common table expression `cte`, which makes the parked entry of learner $1 in course $2 due at once. Returns its
 * learner and course, and its `attempts`. They start at one, not at zero: there was a request before, whose outcome may
 * have been lost.
 */
export const releaseParked = (cte: string, topic: Topic): string => `
    ${cte} AS (
      UPDATE outbox
      SET parked_at = NULL, attempts = 1, next_attempt_at = now(), last_error = NULL
      WHERE user_id = $1 AND course_id = $2 AND topic = '${topic}' AND parked_at IS NOT NULL
      RETURNING user_id, course_id, attempts
    )`;
