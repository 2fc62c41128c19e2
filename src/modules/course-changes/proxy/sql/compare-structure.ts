import type { Statement } from '../../../../common/database/database.js';

/** Stored course $1 compared with the lessons $2 (null: not listed). No row where it was never stored. */
export const compareStructure: Statement = {
  name: 'compare-structure',
  text: `
    SELECT c.lessons_listed AS "lessonsListed", c.lessons_total AS "lessonsTotal",
           ARRAY(SELECT lesson_id FROM unnest($2::varchar[]) AS n (lesson_id)
                 EXCEPT SELECT lesson_id FROM course_lesson WHERE course_id = $1) AS added,
           ARRAY(SELECT lesson_id FROM course_lesson WHERE course_id = $1
                 EXCEPT SELECT lesson_id FROM unnest($2::varchar[]) AS n (lesson_id)) AS removed
    FROM course c
    WHERE c.course_id = $1`,
};
