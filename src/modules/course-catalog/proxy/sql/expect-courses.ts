/**
 * A common table expression that notes the courses of the rows in `source` (`course_id`) as such whose structure nobody
 * has told yet: the course service is asked for them in the background. Courses that are known stay as they are.
 */
export const expectCourses = (source: string): string => `
    expected_course AS (
      INSERT INTO course (course_id, lessons_listed, lessons_total, fetched_at)
      SELECT DISTINCT course_id, false, 0, 'epoch'::timestamptz FROM ${source}
      ON CONFLICT DO NOTHING
    )`;
