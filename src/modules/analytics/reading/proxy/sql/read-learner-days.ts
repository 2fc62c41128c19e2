import { column, statement } from '../../../../../common/database/statement.js';

/** The days on which learner $1 was active, over all courses, in order. */
export const readLearnerDays = statement({
  name: 'read-learner-days',
  columns: { day: column.text, seconds: column.float8, lessonsCompleted: column.int4 },
  text: `
    SELECT day::text AS day, sum(seconds)::float8 AS seconds,
           sum(lessons_completed)::int AS "lessonsCompleted"
    FROM learner_day WHERE user_id = $1
    GROUP BY day HAVING count(last_at) > 0
    ORDER BY learner_day.day`,
});
