/** A record with its lesson's length: `u` is `user_progress`, `l` the `course_lesson` joined to it. */
export const RECORD_COLUMNS = `
      u.id, u.user_id, u.lesson_id, u.course_id, u.completed, u.completed_at, u.watch_time_seconds,
      u.position_seconds, u.position_at, u.watched, u.unique_seconds, u.rewatched_seconds,
      u.created_at, u.updated_at, u.deleted_at, l.duration_seconds`;
