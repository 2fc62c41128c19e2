import type { Statement } from '../../../../common/database/database.js';
import type { PersonalTable } from './delete-rows.js';

/** A learner's records after an id, deleted ones too: they are kept. $1: user id, $2: record id, $3: how many */
const exportRecords: Statement = {
  name: 'export_records',
  text: `
    SELECT id, lesson_id, course_id, completed, completed_at, watch_time_seconds, position_seconds,
           watched::text AS watched, rewatched_seconds, created_at, updated_at, deleted_at
    FROM user_progress WHERE user_id = $1 AND id > $2::uuid ORDER BY id LIMIT $3`,
};

/** A learner's courses after an id. $1: user id, $2: course id, $3: how many */
const exportCourses: Statement = {
  name: 'export_courses',
  text: `
    SELECT course_id, lessons_started, lessons_completed, watch_time_seconds::float8 AS watch_time_seconds,
           completed_at, last_activity_at
    FROM course_progress WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
};

/** A learner's certificates after a course's id. $1: user id, $2: course id, $3: how many */
const exportCertificates: Statement = {
  name: 'export_certificates',
  text: `
    SELECT course_id, status, completed_at, requested_at, issued_at
    FROM certificate WHERE user_id = $1 AND course_id > $2 ORDER BY course_id LIMIT $3`,
};

/** A learner's sessions after an id. $1: user id, $2: session id, $3: how many */
const exportSessions: Statement = {
  name: 'export_sessions',
  text: `
    SELECT session_id, counted::text AS counted, last_seen_at
    FROM watch_session WHERE user_id = $1 AND session_id > $2 ORDER BY session_id LIMIT $3`,
};

/** The hours of a learner's clock after an hour. $1: user id, $2: hours since 1970, $3: how many */
const exportClock: Statement = {
  name: 'export_clock',
  text: `
    SELECT hour, credited, slack_used
    FROM watch_clock WHERE user_id = $1 AND hour > $2 ORDER BY hour LIMIT $3`,
};

/** A learner's idempotency keys after a key; they stand for a lesson and seconds. $1: user id, $2: key, $3: how many */
const exportIdempotencyKeys: Statement = {
  name: 'export_idempotency_keys',
  text: `
    SELECT key, split_part(fingerprint, ' ', 1) AS lesson_id, split_part(fingerprint, ' ', 2)::integer AS seconds,
           created_at
    FROM idempotency_key WHERE user_id = $1 AND key > $2 ORDER BY key LIMIT $3`,
};

/** By the table that they read: every one of a learner's, but the outbox, which tells others of the same things. */
export const EXPORTS = {
  user_progress: exportRecords,
  course_progress: exportCourses,
  certificate: exportCertificates,
  watch_session: exportSessions,
  watch_clock: exportClock,
  idempotency_key: exportIdempotencyKeys,
} satisfies Record<Exclude<PersonalTable, 'outbox'>, Statement>;
