import { named } from '../../../../common/database/placement/named.js';
import { column, statement } from '../../../../common/database/statement.js';

/** The next $3 learners of course $1 after user $2, and the structure that their rollup was counted against. */
export const nextLearners = statement({
  name: 'next-learners',
  columns: { userId: column.varchar, structureVersion: column.int4 },
  text: `
    SELECT user_id AS "userId", structure_version AS "structureVersion"
    FROM course_progress
    WHERE course_id = $1 AND user_id > $2
    ORDER BY user_id
    LIMIT $3`,
});

/** The unreconciled lessons of course $1, and $2 seconds before each changed, to the microsecond. */
export const unreconciledSince = statement({
  name: 'unreconciled-since',
  columns: { lessonId: column.varchar, since: column.text },
  text: `
    SELECT lesson_id AS "lessonId", (changed_at - make_interval(secs => $2))::text AS since
    FROM unreconciled_lesson WHERE course_id = $1`,
});

/**
 * Those of learners $1 whose record in one of lessons $2 was written after the time in $3 that belongs to the lesson: by
 * a transaction that may not have known of the lesson. $4: the learners' names.
 */
export const touchedLearners = statement({
  name: 'touched-learners',
  columns: { userId: column.varchar },
  text: `
    SELECT k.user_id AS "userId"
    FROM unnest($1::varchar[]) AS k (user_id)
    WHERE EXISTS (
      SELECT FROM unnest($2::varchar[], $3::timestamptz[]) AS s (lesson_id, since)
      CROSS JOIN LATERAL (
        SELECT FROM user_progress u
        WHERE u.user_id = k.user_id AND ${named('u', '$4')}
          AND u.lesson_id = s.lesson_id AND u.updated_at >= s.since LIMIT 1) touched)`,
});
