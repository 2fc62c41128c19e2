// The minimum in Node: a bare Fastify route, `pg`, one statement a request. No GraphQL, no authentication, no
// validation.
import fastify from 'fastify';
import pg from 'pg';

const STATEMENTS = {
  beat: {
    text: `
      WITH record AS (
        UPDATE user_progress SET watch_time_seconds = watch_time_seconds + $3, updated_at = now()
        WHERE user_id = $1 AND lesson_id = $2 AND deleted_at IS NULL
        RETURNING user_id, course_id, watch_time_seconds
      ),
      rollup AS (
        UPDATE course_progress AS p
        SET watch_time_seconds = p.watch_time_seconds + $3, last_activity_at = now()
        FROM record AS r WHERE p.user_id = r.user_id AND p.course_id = r.course_id
      )
      SELECT watch_time_seconds AS seconds FROM record`,
    values: ({ userId, lessonId, seconds }) => [userId, lessonId, seconds],
    facts: ([row]) => row,
  },
  courseProgress: {
    text: `
      SELECT lessons_total AS total, watch_time_seconds::float8 AS seconds,
             listed_completed * 100.0::float8 / lessons_total AS percentage
      FROM course_progress WHERE user_id = $1 AND course_id = $2`,
    values: ({ userId, courseId }) => [userId, courseId],
    facts: ([row]) => row,
  },
  statistics: {
    text: `
      SELECT (count(*) FILTER (WHERE lessons_started > 0))::int AS courses,
             sum(lessons_completed)::int AS completed,
             round(sum(watch_time_seconds) / 3600.0, 2)::float8 AS hours
      FROM course_progress WHERE user_id = $1`,
    values: ({ userId }) => [userId],
    facts: ([row]) => row,
  },
  list: {
    text: `
      SELECT id, user_id, lesson_id, course_id, completed, watch_time_seconds, created_at,
             (SELECT sum(lessons_started)::int FROM course_progress WHERE user_id = $1) AS total
      FROM user_progress WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id LIMIT $2`,
    values: ({ userId, limit }) => [userId, limit],
    facts: (rows) => ({
      items: rows.length,
      total: rows[0].total,
      firstLesson: rows[0].lesson_id,
      seconds: rows[0].watch_time_seconds,
      rows,
    }),
  },
};

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.POOL_SIZE),
});
const server = fastify();
server.post('/ask', async ({ body }) => {
  const { text, values, facts } = STATEMENTS[body.kind];
  const { rows } = await pool.query({ name: body.kind, text, values: values(body) });
  return facts(rows);
});
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
