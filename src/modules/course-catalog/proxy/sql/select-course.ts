import type { Statement } from '../../../../common/database/database.js';

/** A course and its lessons, as of one moment. */
export const selectCourse: Statement = {
  name: 'select-course',
  text: `
    SELECT c.course_id, c.title, c.instructor_id, c.structure_version, c.lessons_listed,
           c.lessons_total, c.fetched_at,
           coalesce((
             SELECT json_agg(json_build_object(
                      'lessonId', l.lesson_id, 'sectionId', l.section_id, 'title', l.title,
                      'position', l.position, 'durationSeconds', l.duration_seconds)
                    ORDER BY l.position)
             FROM course_lesson l WHERE l.course_id = c.course_id), '[]') AS lessons
    FROM course c
    WHERE c.course_id = $1`,
};
