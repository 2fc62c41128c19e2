import { column, statement } from '../../../../common/database/statement.js';

/** Locks course $1, if it is stored. */
export const lockCourse = statement({
  name: 'lock-course',
  columns: { courseId: column.varchar },
  text: `SELECT course_id AS "courseId" FROM course WHERE course_id = $1 FOR NO KEY UPDATE`,
});

/**
 * Stores everything except the structure, and locks the row, so that concurrent refreshes run one after the other.
 * Returns no row when the reply to a later request is stored already. A time in the future is none: it would keep out
 * every reply until then.
 *
 * $1 course, $2 title, $3 instructor, $4 active, $5 asked at (by the database's clock), $6 lessons listed, $7 lessons total; these two are
 * used for a new course only; $8 the present time by the database's clock, $9
 * whether the row was locked before that time was read: only then can the time show that the row's is in the future.
 */
export const upsertCourse = statement({
  name: 'upsert-course',
  columns: { lessonsListed: column.bool, lessonsTotal: column.int4, added: column.bool },
  text: `
    INSERT INTO course AS c
      (course_id, title, instructor_id, is_active, fetched_at, lessons_listed, lessons_total)
    VALUES ($1, $2, $3, $4, least($5, $8::timestamptz), $6, $7)
    ON CONFLICT (course_id) DO UPDATE
      SET title = EXCLUDED.title,
          instructor_id = EXCLUDED.instructor_id,
          is_active = EXCLUDED.is_active,
          fetched_at = EXCLUDED.fetched_at
      WHERE c.fetched_at <= EXCLUDED.fetched_at OR ($9 AND c.fetched_at > $8)
    RETURNING c.lessons_listed AS "lessonsListed", c.lessons_total AS "lessonsTotal", (c.xmax = 0) AS added`,
});
