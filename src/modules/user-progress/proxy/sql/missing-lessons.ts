import { column, statement } from '../../../../common/database/statement.js';

/** A lesson that is not completed. */
export interface MissingLessonRow {
  lessonId: string;
  title: string | null;
  durationSeconds: number | null;
  uniqueSeconds: number;
  /** What was seen since the record was reopened by hand; null if it was not. */
  seenSince: string | null;
}

/**
 * The lessons of course $2 that learner $1 has not completed, in the course's order: the first $3, and how many there
 * are.
 */
export const missingLessons = statement({
  name: 'missing-lessons',
  columns: {
    listed: column.int4,
    missing: column.int4,
    lessons: column.json<MissingLessonRow[]>(),
  },
  text: `
    WITH lesson AS (
      SELECT l.lesson_id, l.title, l.position, l.duration_seconds,
             coalesce(u.completed, false) AS completed, coalesce(u.unique_seconds, 0) AS unique_seconds, u.seen_since
      FROM course_lesson l
      LEFT JOIN user_progress u ON u.user_id = $1 AND u.lesson_id = l.lesson_id AND u.deleted_at IS NULL
      WHERE l.course_id = $2
    ), missing AS (
      SELECT * FROM lesson WHERE NOT completed ORDER BY position, lesson_id LIMIT $3
    )
    SELECT (SELECT count(*) FROM lesson)::int AS listed,
           (SELECT count(*) FROM lesson WHERE NOT completed)::int AS missing,
           coalesce((
             SELECT json_agg(json_build_object(
                      'lessonId', lesson_id, 'title', title,
                      'durationSeconds', duration_seconds, 'uniqueSeconds', unique_seconds, 'seenSince', seen_since)
                    ORDER BY position, lesson_id)
             FROM missing), '[]') AS lessons`,
});

/** How many lessons of course $2, which lists none, learner $1 completed. */
export const completedLessons = statement({
  name: 'completed-lessons',
  columns: { completed: column.int4 },
  text: `
    SELECT coalesce((
      SELECT lessons_completed FROM course_progress WHERE user_id = $1 AND course_id = $2), 0) AS completed`,
});
