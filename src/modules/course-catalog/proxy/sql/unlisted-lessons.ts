import { column, statement } from '../../../../common/database/statement.js';

/**
 * Stores lesson $2 of course $1, which does not list it: title $3, length $4 in seconds. A length that is no longer told
 * stays known.
 */
export const saveUnlistedLesson = statement({
  name: 'save-unlisted-lesson',
  columns: {},
  text: `
    INSERT INTO unlisted_lesson AS l (course_id, lesson_id, title, duration_seconds)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (course_id, lesson_id) DO UPDATE
      SET title = EXCLUDED.title, duration_seconds = coalesce(EXCLUDED.duration_seconds, l.duration_seconds)
      WHERE (l.title, l.duration_seconds) IS DISTINCT FROM
            (EXCLUDED.title, coalesce(EXCLUDED.duration_seconds, l.duration_seconds))`,
});

/** Whether lesson $2 is stored as one that course $1 does not list: it was in the course once, or is in it unlisted. */
export const isUnlistedLesson = statement({
  name: 'is-unlisted-lesson',
  columns: { known: column.bool },
  text: `
    SELECT EXISTS (SELECT FROM unlisted_lesson WHERE course_id = $1 AND lesson_id = $2) AS known`,
});
