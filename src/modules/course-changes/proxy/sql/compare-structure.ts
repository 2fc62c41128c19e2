import { column, statement } from '../../../../common/database/statement.js';
import { totalToShow } from '../../../course-catalog/proxy/sql/select-course.js';

/** Compares stored course $1 with the lessons $2 (null: not listed). No row when the course was never stored. */
export const compareStructure = statement({
  name: 'compare-structure',
  columns: {
    lessonsListed: column.bool,
    lessonsTotal: column.int4,
    added: column.varchars,
    removed: column.varchars,
  },
  text: `
    SELECT c.lessons_listed AS "lessonsListed", ${totalToShow} AS "lessonsTotal",
           ARRAY(SELECT lesson_id FROM unnest($2::varchar[]) AS n (lesson_id)
                 EXCEPT SELECT lesson_id FROM course_lesson WHERE course_id = $1) AS added,
           ARRAY(SELECT lesson_id FROM course_lesson WHERE course_id = $1
                 EXCEPT SELECT lesson_id FROM unnest($2::varchar[]) AS n (lesson_id)) AS removed
    FROM course c
    WHERE c.course_id = $1`,
});
