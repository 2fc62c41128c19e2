/** Crockford's digits, in their order: the alphabet of ULIDs. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_LENGTH = 26;

/** SQL of the 128 bits of a ULID, whose text has 130. Uses none of the service's code. */
const bitsOf = (ulid: string): string =>
  `substring(${Array.from(
    { length: ULID_LENGTH },
    (_, index) => `(strpos('${DIGITS}', upper(substr(${ulid}, ${index + 1}, 1))) - 1)::bit(5)`,
  ).join(' || ')} FROM 3 FOR 128)`;

const bitsOfUuid = (uuid: string): string => `('x' || replace(${uuid}::text, '-', ''))::bit(128)`;

/**
 * Differences that must be zero after an adoption. Each statement counts one kind, starting from the original's rows.
 */
export const ADOPTION_DIFFERENCES: Record<string, string> = {
  'learners’ lessons without their record, or with another': `
    WITH expected AS (
      SELECT "userId" AS user_id, "lessonId" AS lesson_id, bool_or(completed) AS completed,
             max(watch_time_seconds) AS seconds, min("createdAt") AS created, max("updatedAt") AS updated,
             min("updatedAt") FILTER (WHERE completed) AS completed_at
      FROM user_progress_original GROUP BY 1, 2
    )
    SELECT count(*)::int AS count
    FROM expected e FULL JOIN user_progress p ON p.user_id = e.user_id AND p.lesson_id = e.lesson_id
    WHERE (e.completed, e.seconds, e.created AT TIME ZONE 'UTC', e.updated AT TIME ZONE 'UTC',
           e.completed_at AT TIME ZONE 'UTC')
          IS DISTINCT FROM (p.completed, p.watch_time_seconds, p.created_at, p.updated_at, p.completed_at)`,
  'records whose id is not that of their first row': `
    WITH first AS (
      SELECT DISTINCT ON ("userId", "lessonId") "userId" AS user_id, "lessonId" AS lesson_id, id
      FROM user_progress_original ORDER BY "userId", "lessonId", "createdAt", id
    )
    SELECT count(*)::int AS count FROM first f JOIN user_progress p USING (user_id, lesson_id)
    WHERE ${bitsOfUuid('p.id')} <> ${bitsOf('f.id')}`,
  'rollups that are not the sum of the original’s rows': `
    WITH lesson AS (
      SELECT "userId" AS user_id, "lessonId", min("courseId") AS course_id, bool_or(completed) AS completed,
             max(watch_time_seconds) AS seconds
      FROM user_progress_original GROUP BY 1, 2
    ),
    summed AS (
      SELECT user_id, course_id, count(*) AS started, count(*) FILTER (WHERE completed) AS completed,
             sum(seconds) AS seconds
      FROM lesson GROUP BY 1, 2
    )
    SELECT count(*)::int AS count
    FROM summed s FULL JOIN course_progress p ON p.user_id = s.user_id AND p.course_id = s.course_id
    WHERE (s.started, s.completed, s.seconds)
          IS DISTINCT FROM (p.lessons_started::bigint, p.lessons_completed::bigint, p.watch_time_seconds::bigint)`,
};
