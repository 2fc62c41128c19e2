import { column, statement } from '../../../../common/database/statement.js';

/**
 * Replaces the stored lessons of course $1 with the JSON array $2. Returns how many lessons were added or removed: a
 * new title or duration is stored, but does not change the structure. Removed lessons are kept in `unlisted_lesson`:
 * the records in them still need their lengths.
 */
export const replaceLessons = statement({
  name: 'replace-lessons',
  columns: { changed: column.int4 },
  text: `
    WITH incoming AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS l (
        "lessonId" text, "sectionId" text, title text, "position" integer, "durationSeconds" integer)
    ), gone AS (
      DELETE FROM course_lesson
      WHERE course_id = $1 AND lesson_id NOT IN (SELECT "lessonId" FROM incoming)
      RETURNING lesson_id, title, duration_seconds
    ), former AS (
      INSERT INTO unlisted_lesson (course_id, lesson_id, title, duration_seconds)
      SELECT $1, lesson_id, title, duration_seconds FROM gone
      ON CONFLICT (course_id, lesson_id) DO UPDATE
        SET title = EXCLUDED.title, duration_seconds = EXCLUDED.duration_seconds
    ), listed AS (
      DELETE FROM unlisted_lesson
      WHERE course_id = $1 AND lesson_id IN (SELECT "lessonId" FROM incoming)
    ), kept AS (
      INSERT INTO course_lesson AS l
        (course_id, lesson_id, section_id, title, position, duration_seconds)
      SELECT $1, "lessonId", "sectionId", title, "position", "durationSeconds" FROM incoming
      ON CONFLICT (course_id, lesson_id) DO UPDATE
        SET section_id = EXCLUDED.section_id, title = EXCLUDED.title,
            position = EXCLUDED.position, duration_seconds = EXCLUDED.duration_seconds
        WHERE (l.section_id, l.title, l.position, l.duration_seconds) IS DISTINCT FROM
              (EXCLUDED.section_id, EXCLUDED.title, EXCLUDED.position, EXCLUDED.duration_seconds)
      RETURNING (l.xmax = 0) AS added
    )
    SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM kept WHERE added))::integer AS changed`,
});
