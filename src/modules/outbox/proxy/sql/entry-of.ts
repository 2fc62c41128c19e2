import type { Topic } from '../../topics.js';

/**
 * The common table expression `cte`, which deletes the entry of learner $1 in course $2, whichever process holds its
 * lease. That process then finds nothing left to settle.
 */
export const withdrawEntry = (cte: string, topic: Topic): string => `
    ${cte} AS (
      DELETE FROM outbox WHERE user_id = $1 AND course_id = $2 AND topic = '${topic}'
      RETURNING user_id, course_id
    )`;

/**
 * The common table expression `cte`, which parks the entry of learner $1 in course $2, whichever process holds its
 * lease: it is kept, but not tried again. Returns its learner and course, its `attempts` and the `last_error`.
 */
export const holdBackEntry = (cte: string, topic: Topic): string => `
    ${cte} AS (
      UPDATE outbox SET parked_at = now(), lease_token = NULL
      WHERE user_id = $1 AND course_id = $2 AND topic = '${topic}' AND parked_at IS NULL
      RETURNING user_id, course_id, attempts, last_error
    )`;

/** Joins the entry `alias` of the learner and course of `row`; all its columns are null when there is none. */
export const joinEntry = (alias: string, topic: Topic, row: string): string => `
    LEFT JOIN outbox ${alias} ON ${alias}.topic = '${topic}'
      AND ${alias}.user_id = ${row}.user_id AND ${alias}.course_id = ${row}.course_id`;
