/** A record with its lesson's length: `u` is `user_progress`, `l` the `course_lesson` joined to it. */
export const RECORD_COLUMNS = `
      u.id, u.user_id, u.lesson_id, u.course_id, u.completed, u.completed_at, u.watch_time_seconds,
      u.position_seconds, u.position_at, u.watched, u.unique_seconds, u.rewatched_seconds,
      u.created_at, u.updated_at, u.deleted_at, l.duration_seconds`;

/**
 * Joins a record `u` to its lesson. Always by the key: the planner, which does not know how few records there are, would
 * now and then rather read every lesson of every course.
 */
export const LESSON_OF_RECORD = `
      LEFT JOIN LATERAL (
        SELECT duration_seconds FROM course_lesson
        WHERE course_id = u.course_id AND lesson_id = u.lesson_id LIMIT 1) l ON true`;
