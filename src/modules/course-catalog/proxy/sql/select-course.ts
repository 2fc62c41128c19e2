import { column, statement } from '../../../../common/database/statement.js';
import type { StoredLesson } from '../../course-catalog.js';

/**
 * The number of lessons to show of the course in alias `c`: the one that counts, or the first one with which a course
 * without a list was told. That one completes nobody until it is confirmed.
 * The sub-select is for a distributed database: it reads a table of the coordinator first, and by itself.
 */
export const totalToShow = `
  CASE WHEN c.lessons_total > 0 THEN c.lessons_total ELSE coalesce((
    SELECT s.lessons_told FROM (SELECT course_id, lessons_told FROM course_shrink) s
    WHERE s.course_id = c.course_id), 0) END`;

/** The stored lessons of the course in alias `c`, as JSON. */
export const lessonsOfCourse = `
  coalesce((
    SELECT json_agg(json_build_object(
             'lessonId', l.lesson_id, 'sectionId', l.section_id, 'title', l.title,
             'position', l.position, 'durationSeconds', l.duration_seconds)
           ORDER BY l.position, l.lesson_id)
    FROM course_lesson l WHERE l.course_id = c.course_id), '[]')`;

/**
 * A course and its lessons, as of one moment, and how many milliseconds ago the course service was asked for it. Negative
 * when that lies in the future: a process of an earlier version, or another database server, stored it.
 */
export const selectCourse = statement({
  name: 'select-course',
  columns: {
    courseId: column.varchar,
    title: column.nullable(column.text),
    instructorId: column.nullable(column.varchar),
    structureVersion: column.int4,
    lessonsListed: column.bool,
    lessonsTotal: column.int4,
    fetchedAt: column.timestamptz,
    lessonsWaiting: column.int4,
    nextLookAt: column.nullable(column.timestamptz),
    ageMs: column.float8,
    lessons: column.json<StoredLesson[]>(),
  },
  text: `
    SELECT c.course_id AS "courseId", c.title, c.instructor_id AS "instructorId",
           c.structure_version AS "structureVersion", c.lessons_listed AS "lessonsListed",
           ${totalToShow} AS "lessonsTotal", c.fetched_at AS "fetchedAt",
           (extract(epoch FROM clock_timestamp() - c.fetched_at) * 1000)::float8 AS "ageMs",
           (SELECT count(*)::int FROM jsonb_object_keys(s.missing))
             + greatest(c.lessons_total - s.lessons_told, 0) AS "lessonsWaiting",
           s.look_at AS "nextLookAt",
           ${lessonsOfCourse} AS lessons
    FROM course c LEFT JOIN course_shrink s ON s.course_id = c.course_id
    WHERE c.course_id = $1`,
});
