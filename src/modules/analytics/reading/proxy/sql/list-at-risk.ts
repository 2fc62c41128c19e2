import { column, statement } from '../../../../../common/database/statement.js';
import { atRisk, lostBefore } from './silence.js';

/**
 * Up to $4 learners of course $1 who have not completed it and were last active in it at least $3 days before $2 (today),
 * but are not lost; after (day $5, learner $6) in descending order, or from the beginning if $5 is null.
 */
export const listAtRisk = statement({
  name: 'list-learners-at-risk',
  columns: {
    userId: column.varchar,
    lastActiveOn: column.text,
    lessonId: column.varchar,
    title: column.nullable(column.text),
    lessonsCompleted: column.int4,
    lessonsTotal: column.int4,
  },
  text: `
    WITH page AS (
      SELECT user_id, last_active_on, last_lesson_id
      FROM analytics_learner
      WHERE course_id = $1 AND completed_on IS NULL AND joined > 0
        AND last_active_on BETWEEN ${lostBefore('$2')} AND $2::date - $3::int
        AND ($5::date IS NULL OR (last_active_on, user_id) < ($5::date, $6))
      ORDER BY last_active_on DESC, user_id DESC
      LIMIT $4
    )
    SELECT p.user_id AS "userId", p.last_active_on::text AS "lastActiveOn", p.last_lesson_id AS "lessonId",
           coalesce(l.title, u.title) AS title,
           coalesce(least(r.listed_completed, r.lessons_total), 0) AS "lessonsCompleted",
           coalesce(r.lessons_total, 0) AS "lessonsTotal"
    FROM page p
    LEFT JOIN course_progress r ON r.user_id = p.user_id AND r.course_id = $1
    LEFT JOIN course_lesson l ON l.course_id = $1 AND l.lesson_id = p.last_lesson_id
    LEFT JOIN unlisted_lesson u ON u.course_id = $1 AND u.lesson_id = p.last_lesson_id
    ORDER BY p.last_active_on DESC, p.user_id DESC`,
});

/** How many learners these are. */
export const countAtRisk = statement({
  name: 'count-learners-at-risk',
  columns: { learners: column.int4 },
  text: `
    SELECT ${atRisk('$1', '$2', '$3::int')}::int AS learners`,
});
