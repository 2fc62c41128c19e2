import { column, statement } from '../../../../../common/database/statement.js';

/*
 * Where a portion ends that begins after $1 and holds about $2 rows. No row: it goes to the end. What lies between two
 * keys belongs to the portion, too, so rows that should not be there are found.
 */
const upTo = { upTo: column.text };

/** A lesson is never divided: a portion has all records of its lessons. */
export const lessonsEnd = statement({
  name: 'analytics-lessons-end',
  columns: upTo,
  text: `
    SELECT lesson_id::text AS "upTo" FROM user_progress
    WHERE deleted_at IS NULL AND lesson_id > $1 ORDER BY lesson_id OFFSET $2 LIMIT 1`,
});

export const learnersEnd = statement({
  name: 'analytics-learners-end',
  columns: upTo,
  text: `
    SELECT user_id::text AS "upTo" FROM course_progress
    WHERE user_id > $1 ORDER BY user_id OFFSET $2 LIMIT 1`,
});

export const coursesEnd = statement({
  name: 'analytics-courses-end',
  columns: upTo,
  text: `
    SELECT course_id::text AS "upTo" FROM course_progress
    WHERE course_id > $1 ORDER BY course_id OFFSET $2 LIMIT 1`,
});

/** After $2 days. The first portion ends so many days after the first day of any figure. */
export const daysEnd = statement({
  name: 'analytics-days-end',
  columns: upTo,
  text: `
    SELECT (first + $2::int)::text AS "upTo"
    FROM (
      SELECT COALESCE(NULLIF($1::text, '')::date, (SELECT min(day) FROM analytics_day)) AS first,
             (SELECT max(day) FROM analytics_day) AS last) days
    WHERE first + $2::int < last`,
});
