import { column, statement } from '../../../../common/database/statement.js';
import type { StoredLesson } from '../../course-catalog.js';
import { lessonsOfCourse } from './select-course.js';

/** The stored structure of course $1, what waits to be removed from it, and the time by the database's clock. */
export const selectShrink = statement({
  name: 'select-shrink',
  columns: {
    now: column.timestamptz,
    listed: column.bool,
    total: column.int4,
    lessons: column.json<StoredLesson[]>(),
    missing: column.nullable(column.jsonb<Record<string, number>>()),
    lessonsTold: column.nullable(column.int4),
    toldSince: column.nullable(column.timestamptz),
  },
  text: `
    SELECT clock_timestamp() AS now, c.lessons_listed AS listed, c.lessons_total AS total,
           ${lessonsOfCourse} AS lessons, s.missing, s.lessons_told AS "lessonsTold", s.told_since AS "toldSince"
    FROM course c LEFT JOIN course_shrink s ON s.course_id = c.course_id
    WHERE c.course_id = $1`,
});

/**
 * Stores what waits to be removed from course $1: $2 first seen at, $3 by host, $4 missing lessons, $5 number of lessons
 * told, $6 since, $7 when to look again.
 */
export const upsertShrink = statement({
  name: 'upsert-shrink',
  columns: {},
  text: `
    INSERT INTO course_shrink AS s
      (course_id, seen_at, seen_by, missing, lessons_told, told_since, look_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (course_id) DO UPDATE
      SET missing = EXCLUDED.missing, lessons_told = EXCLUDED.lessons_told,
          told_since = EXCLUDED.told_since, look_at = EXCLUDED.look_at`,
});

/** Nothing waits to be removed from course $1 any more. */
export const deleteShrink = statement({
  name: 'delete-shrink',
  columns: {},
  text: `DELETE FROM course_shrink WHERE course_id = $1`,
});
