import type { Client } from 'pg';
import {
  courseId,
  courseOf,
  largeCourseOf,
  learnersOf,
  lessonId,
  lessonOf,
  userId,
} from './data/shape.ts';

/** Moves of a row of the journal: the changes that the service commits together under load. */
export const MOVES_PER_ROW = 64;
const BEAT_SECONDS = 10;

/** How many learners watch: as many as send 20,000 beats of ten seconds a second. */
export const watchersOf = (records: number): number => Math.min(200_000, learnersOf(records));

/**
 * Makes the table `prepared` with rows of the journal in the form in which writing appends them: beats of ten seconds that go
 * on with what was seen, half of them in the lesson of three hours, each of another learner than the one before.
 * `seq` is a row's number. $1, $2: where the moves begin, and how many
 */
export async function prepare(client: Client, records: number, moves: number): Promise<void> {
  const large = largeCourseOf(records);
  const watchers = watchersOf(records);
  const record = 'CASE w % 2 WHEN 0 THEN 0 ELSE 9 END';
  await client.query(`
    CREATE TABLE prepared AS
    SELECT (i / ${MOVES_PER_ROW})::int AS seq, min(user_id) AS user_id, ('[' || string_agg(move, ',') || ']')::json AS moves
    FROM (
      SELECT i, user_id, '{"k":"l","u":"' || user_id || '","c":"' || ${courseId('c')} || '","l":"' || ${lessonId('c', 'lesson')}
             || '","t":' || floor(extract(epoch FROM now()) / 900)::int || ',"w":${BEAT_SECONDS},"q":${BEAT_SECONDS},"up":[' || at
             || '],"dn":[' || at + ${BEAT_SECONDS} || '],"p":${BEAT_SECONDS},"a":' || 1 + i % 900 || '}' AS move
      FROM (
        SELECT i, ${userId('w')} AS user_id, ${courseOf('w', `(CASE w % 2 WHEN 0 THEN 0 ELSE 2 END)`, large)} AS c,
               ${lessonOf('w', `(${record})`, large)} AS lesson,
               CASE w % 2 WHEN 0 THEN w * 7 % 10700 ELSE w * 7 % 1100 END AS at
        FROM (
          SELECT i, ((i * 7919) % ${watchers})::int * (${learnersOf(records)} / ${watchers}) AS w
          FROM generate_series(0::bigint, ${moves - 1}::bigint) AS i OFFSET 0) AS beat OFFSET 0
      ) AS watched
    ) AS moved
    GROUP BY 1 ORDER BY 1`);
  await client.query('CREATE UNIQUE INDEX prepared_seq ON prepared (seq)');
}

/** Journals the prepared rows from one number up to another (excluded), as one transaction. */
export async function append(client: Client, from: number, to: number): Promise<void> {
  await client.query(
    `INSERT INTO analytics_journal (user_id, moves)
     SELECT user_id, moves FROM prepared WHERE seq >= $1 AND seq < $2 ORDER BY seq`,
    [from, to],
  );
}

/** The age of the oldest row that is not folded, in seconds; null when all are. */
export async function oldestSeconds(client: Client): Promise<number | null> {
  const { rows } = await client.query<{ age: number }>(
    `SELECT extract(epoch FROM clock_timestamp() - at)::float8 AS age FROM analytics_journal ORDER BY id LIMIT 1`,
  );
  return rows[0]?.age ?? null;
}

/** Seconds that were watched on the platform, over all days. */
export async function watchedSeconds(client: Client): Promise<number> {
  const { rows } = await client.query<{ seconds: number }>(
    `SELECT sum(watch_seconds)::float8 AS seconds FROM analytics_day WHERE course_id = ''`,
  );
  return rows[0]!.seconds;
}

export const secondsOf = (moves: number): number => moves * BEAT_SECONDS;
