import { column, statement } from '../../../../../common/database/statement.js';
import { atRiskSince } from './silence.js';

/**
 * The lessons of courses $1 that at least $3 learners started and somebody stopped in, without former ones; $2 is today.
 * Where a course lists no lessons, none of them is former.
 */
export const readDropOffs = statement({
  name: 'read-drop-offs',
  columns: {
    courseId: column.varchar,
    lessonId: column.varchar,
    title: column.nullable(column.text),
    started: column.int4,
    stopped: column.int4,
  },
  text: `
    SELECT a.course_id AS "courseId", a.lesson_id AS "lessonId", coalesce(l.title, u.title) AS title,
           a.learners AS started, s.stopped
    FROM (
      SELECT course_id, last_lesson_id, sum(learners)::int AS stopped
      FROM analytics_silence
      WHERE course_id = ANY ($1) AND last_active_on <= ${atRiskSince('$2')}
      GROUP BY course_id, last_lesson_id) s
    JOIN analytics_lesson a ON a.course_id = s.course_id AND a.lesson_id = s.last_lesson_id
    LEFT JOIN course c ON c.course_id = a.course_id
    LEFT JOIN course_lesson l ON l.course_id = a.course_id AND l.lesson_id = a.lesson_id
    LEFT JOIN unlisted_lesson u ON u.course_id = a.course_id AND u.lesson_id = a.lesson_id
    WHERE a.learners >= $3 AND s.stopped > 0
      AND (l.lesson_id IS NOT NULL OR NOT coalesce(c.lessons_listed, false))
    ORDER BY a.course_id, l.position, a.lesson_id`,
});
