import { column, statement } from '../../../../../common/database/statement.js';

/** The new name of the original service's table, which stays until an operator drops it. */
export const ORIGINAL_TABLE = 'user_progress_original';

/**
 * Whether the original's table still has our table's name, whether it was moved aside, and whether the adoption's table
 * exists.
 */
export const findOriginal = statement({
  name: 'find-original',
  columns: { found: column.bool, movedAside: column.bool, notable: column.bool },
  text: `
    SELECT EXISTS (
             SELECT FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = 'user_progress' AND column_name = 'userId'
           ) AS found,
           to_regclass('${ORIGINAL_TABLE}') IS NOT NULL AS "movedAside",
           to_regclass('adoption') IS NOT NULL AS notable`,
});

/**
 * The indexes of table $1, with those of its constraints, whose names may collide with ours. Leaves out those that an
 * earlier adoption has renamed, when the original's table was renamed back.
 */
export const indexesOf = statement({
  name: 'indexes-of-original',
  columns: { name: column.text },
  text: `
    SELECT i.relname::text AS name
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indrelid = to_regclass($1) AND NOT starts_with(i.relname, 'original_')`,
});

/** The original's table before and after it is moved aside. */
export type OriginalName = 'user_progress' | typeof ORIGINAL_TABLE;

const VALID_ID = `'^[A-Za-z0-9_-]{1,26}$'`;

/** The rows of table `o` that have a learner, a lesson and a course. */
const WHOLE = `o."userId" ~ ${VALID_ID} AND o."lessonId" ~ ${VALID_ID} AND o."courseId" ~ ${VALID_ID}`;

/** The contents of the original's table, under either of its two names. Reads all of it. */
export const inspectOriginal = (table: OriginalName) =>
  statement({
    name: `inspect-${table.replaceAll('_', '-')}`,
    columns: {
      rows: column.float8,
      learners: column.float8,
      courses: column.float8,
      whole: column.float8,
      records: column.float8,
    },
    // count(DISTINCT …) would sort all rows, once for each of these.
    text: `
      SELECT (SELECT count(*) FROM ${table})::float8 AS rows,
             (SELECT count(*) FROM (SELECT DISTINCT "userId" FROM ${table}) AS learner)::float8 AS learners,
             (SELECT count(*) FROM (SELECT DISTINCT "courseId" FROM ${table}) AS course)::float8 AS courses,
             (SELECT count(*) FROM ${table} o WHERE ${WHOLE})::float8 AS whole,
             (SELECT count(*)
              FROM (SELECT DISTINCT o."userId", o."lessonId" FROM ${table} o WHERE ${WHOLE}) AS record
             )::float8 AS records`,
  });

/** Some rows of table `o` that cannot be imported. $1: how many, at most. */
export const orphansOf = (table: OriginalName) =>
  statement({
    name: `orphans-of-${table.replaceAll('_', '-')}`,
    columns: {
      id: column.varchar,
      userId: column.nullable(column.varchar),
      lessonId: column.nullable(column.varchar),
      courseId: column.nullable(column.varchar),
    },
    text: `
      SELECT o.id, o."userId", o."lessonId", o."courseId" FROM ${table} o
      WHERE (${WHOLE}) IS NOT TRUE
      ORDER BY o.id LIMIT $1`,
  });

/**
 * The order in which learners are imported: by bytes. The database's own order may be that of a language, with 'a'
 * before 'B'. JavaScript would compare differently, and some learners would be imported twice.
 */
export const BY_USER = '"userId" COLLATE "C"';

/** The last learner of a portion of about $2 rows after learner $1; none when it is the last portion. */
export const originalPortionEnd = statement({
  name: 'original-portion-end',
  columns: { userId: column.varchar },
  text: `
    SELECT "userId" FROM ${ORIGINAL_TABLE} WHERE ${BY_USER} > $1
    ORDER BY ${BY_USER} OFFSET $2 LIMIT 1`,
});

/** The rows of the learners after $1 up to $2 (null: to the end). Times are read in zone $3 and returned in UTC. */
export const originalRows = statement({
  name: 'original-rows',
  columns: {
    id: column.varchar,
    userId: column.varchar,
    lessonId: column.nullable(column.varchar),
    courseId: column.nullable(column.varchar),
    completed: column.nullable(column.bool),
    watchTimeSeconds: column.nullable(column.int4),
    createdAt: column.text,
    updatedAt: column.text,
  },
  text: `
    SELECT id, "userId", "lessonId", "courseId", completed, watch_time_seconds AS "watchTimeSeconds",
           ${utc('coalesce("createdAt", "updatedAt", now() AT TIME ZONE $3)')} AS "createdAt",
           ${utc('coalesce("updatedAt", "createdAt", now() AT TIME ZONE $3)')} AS "updatedAt"
    FROM ${ORIGINAL_TABLE}
    WHERE ${BY_USER} > $1 AND ($2::varchar IS NULL OR ${BY_USER} <= $2)`,
});

function utc(localTime: string): string {
  return `to_char(${localTime} AT TIME ZONE $3 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/**
 * Compares the imported records with the original's rows, without using the code that merged them. Counts the pairs of
 * learner and lesson that differ, and the rollups that are not the sum of their records. Reads both tables.
 */
export const verifyAdoption = statement({
  name: 'verify-adoption',
  columns: { records: column.float8, different: column.float8, rollupsDifferent: column.float8 },
  text: `
    WITH expected AS (
      SELECT o."userId" AS user_id, o."lessonId" AS lesson_id,
             bool_or(coalesce(o.completed, false)) AS completed,
             max(greatest(coalesce(o.watch_time_seconds, 0), 0)) AS seconds
      FROM ${ORIGINAL_TABLE} o
      WHERE ${WHOLE}
      GROUP BY o."userId", o."lessonId"
    ),
    compared AS (
      SELECT e.user_id IS NULL OR u.user_id IS NULL
             OR (e.completed, e.seconds) IS DISTINCT FROM (u.completed, u.watch_time_seconds) AS different
      FROM expected e FULL JOIN user_progress u ON u.user_id = e.user_id AND u.lesson_id = e.lesson_id
    ),
    summed AS (
      SELECT user_id, course_id, count(*) AS started, count(*) FILTER (WHERE completed) AS completed,
             sum(watch_time_seconds) AS seconds
      FROM user_progress GROUP BY user_id, course_id
    )
    SELECT (SELECT count(*) FROM compared)::float8 AS records,
           (SELECT count(*) FROM compared WHERE different)::float8 AS different,
           (SELECT count(*)
            FROM summed s FULL JOIN course_progress p ON p.user_id = s.user_id AND p.course_id = s.course_id
            WHERE (s.started, s.completed, s.seconds)
                  IS DISTINCT FROM (p.lessons_started::bigint, p.lessons_completed::bigint, p.watch_time_seconds::numeric)
           )::float8 AS "rollupsDifferent"`,
});
