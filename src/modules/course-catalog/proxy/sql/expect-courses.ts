/**
 * A common table expression that inserts the unknown courses of `source` (`course_id`) without a structure: the course
 * service is asked for them in the background. Known courses stay unchanged.
 */
export const expectCourses = (source: string): string => `
    expected_course AS (
      INSERT INTO course (course_id, lessons_listed, lessons_total, fetched_at)
      SELECT DISTINCT course_id, false, 0, 'epoch'::timestamptz FROM ${source}
      ON CONFLICT DO NOTHING
    )`;
