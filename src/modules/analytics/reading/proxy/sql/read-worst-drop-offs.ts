import { column, statement } from '../../../../../common/database/statement.js';
import { stoppedIn } from './silence.js';

/** A lesson must have been started by one of so many learners of its course. */
const LEARNERS_A_STARTER = 20;

/**
 * Of the lessons of each of the courses $1 that at least $3 learners and 5 % of the course's learners started, the one in which
 * the largest share of its starters stopped; of equal shares, the one with more learners. $2 is today. No row where nobody
 * stopped. Former lessons are left out; where a course lists no lessons, none of them is former.
 *
 * All that is known of a course's lessons is read by its key: else the planner might read the lessons of all courses.
 */
export const readWorstDropOffs = statement({
  name: 'read-worst-drop-offs',
  columns: {
    courseId: column.varchar,
    lessonId: column.varchar,
    title: column.nullable(column.text),
    started: column.int4,
    stopped: column.int4,
  },
  text: `
    SELECT asked.course_id AS "courseId", a.lesson_id AS "lessonId", a.title, a.started, a.stopped
    FROM unnest($1::varchar[]) AS asked (course_id)
    CROSS JOIN LATERAL (
      SELECT lesson_id, coalesce(max(title), max(former_title)) AS title, sum(started)::int AS started, sum(stopped)::int AS stopped
      FROM (
        SELECT lesson_id, learners AS started, 0 AS stopped, NULL AS title, NULL AS former_title, NULL::int AS position,
               false AS listed
        FROM analytics_lesson WHERE course_id = asked.course_id
        UNION ALL
        SELECT lesson_id, 0, stopped, NULL, NULL, NULL, false FROM (${stoppedIn('asked.course_id', '$2')}) o
        UNION ALL
        SELECT lesson_id, 0, 0, title, NULL, position, true FROM course_lesson WHERE course_id = asked.course_id
        UNION ALL
        SELECT lesson_id, 0, 0, NULL, title, NULL, false FROM unlisted_lesson WHERE course_id = asked.course_id) known
      GROUP BY lesson_id
      HAVING sum(started) >= $3 AND sum(stopped) > 0
        AND ${LEARNERS_A_STARTER} * sum(started) >= coalesce(
          (SELECT t.learners FROM analytics_course t WHERE t.course_id = asked.course_id), 0)
        AND (bool_or(listed) OR NOT coalesce(
          (SELECT c.lessons_listed FROM course c WHERE c.course_id = asked.course_id), false))
      ORDER BY sum(stopped)::float8 / sum(started) DESC, sum(stopped) DESC, max(position), lesson_id
      LIMIT 1) a`,
});
