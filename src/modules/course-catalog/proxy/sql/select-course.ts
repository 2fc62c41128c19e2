import { column, statement } from '../../../../common/database/statement.js';
import type { StoredLesson } from '../../course-catalog.js';

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
    ageMs: column.float8,
    lessons: column.json<StoredLesson[]>(),
  },
  text: `
    SELECT c.course_id AS "courseId", c.title, c.instructor_id AS "instructorId",
           c.structure_version AS "structureVersion", c.lessons_listed AS "lessonsListed",
           c.lessons_total AS "lessonsTotal", c.fetched_at AS "fetchedAt",
           (extract(epoch FROM clock_timestamp() - c.fetched_at) * 1000)::float8 AS "ageMs",
           coalesce((
             SELECT json_agg(json_build_object(
                      'lessonId', l.lesson_id, 'sectionId', l.section_id, 'title', l.title,
                      'position', l.position, 'durationSeconds', l.duration_seconds)
                    ORDER BY l.position)
             FROM course_lesson l WHERE l.course_id = c.course_id), '[]') AS lessons
    FROM course c
    WHERE c.course_id = $1`,
});
