import type { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import {
  COURSE_LESSONS,
  courseSql,
  COURSES,
  LESSON_SECONDS,
  lessonSql,
  LONG_LESSON_SECONDS,
  userSql,
} from './shape.ts';

/** Processor seconds that were used so far; null when the system does not tell. */
export type Costs = () => { server: number | null; database: number | null };

export interface Folded {
  /** Whether each move was its learner's first of the day: it makes rows, and takes the learner out of the silent ones. */
  isFirst: boolean;
  perSecond: number;
  /** Microseconds of processor time a move. */
  serverMicroseconds: number | null;
  databaseMicroseconds: number | null;
}

export interface Sustained {
  isFirst: boolean;
  offeredPerSecond: number;
  /** Moves that waited when the last one had been offered, and seconds until these were folded. */
  waiting: number;
  seconds: number;
}

/** Changes that the write path commits together under load, and so moves a row of the journal. */
const MOVES_A_ROW = 256;
const ROWS = 200;
/** Of first moves, and of later ones. */
export const FOLDING_ROUNDS = 2;
/** Learners who have had their first move of the day when folding was measured. */
const FOLDED = FOLDING_ROUNDS * ROWS * MOVES_A_ROW;
const LOOK_EVERY_MS = 50;
const OFFERED_PER_SECOND = 20_000;
const OFFER_SECONDS = 5;
const OFFER_EVERY_MS = 100;
const PATIENCE_MS = 120_000;

/**
 * Rows of the journal as the write path makes them (`journal/move.ts`): a beat of twenty seconds of each learner, half in
 * the long lesson of the large course, half in another course. Each prolongs what its learner has seen.
 * $1: the first learner, $2: learners there are, $3: seconds to go on behind, $4: rows
 */
const MOVES = `
  SELECT min(u) AS user_id, transaction_timestamp() AS at, json_agg(json_build_object(
    'k', 'l', 'u', u, 'c', c, 'l', l, 't', floor(extract(epoch FROM transaction_timestamp()) / 900)::int,
    'w', 20, 'q', 20, 'p', 20, 'a', 1 + floor(extract(epoch FROM transaction_timestamp()))::bigint % 900,
    'up', ARRAY[second], 'dn', ARRAY[second + 20])) AS moves
  FROM (
    SELECT n / ${MOVES_A_ROW} AS line, ${userSql('u')} AS u, ${courseSql('c')} AS c, ${lessonSql('c', 'l')} AS l,
           (20 + n::bigint * 37 + $3) % CASE c WHEN 0 THEN ${LONG_LESSON_SECONDS} ELSE ${LESSON_SECONDS} END AS second
    FROM (
      SELECT n, u, CASE n % 2 WHEN 0 THEN 0 ELSE 1 + (u + 400) % ${COURSES} END AS c,
             CASE n % 2 WHEN 0 THEN 0 ELSE u % ${COURSE_LESSONS} END AS l
      FROM (SELECT n, ((n + $1) * 7919::bigint % $2)::int AS u FROM generate_series(0, $4::int * ${MOVES_A_ROW} - 1) n) numbered
    ) placed
  ) move GROUP BY line`;

const JOURNAL = 'INSERT INTO analytics_journal (user_id, at, moves) SELECT user_id, at, moves FROM';

/** Journals at once what `ROWS` batches would have, and waits until the service has folded all of it. */
export async function fold(
  client: Client,
  costs: Costs,
  { learners, round, isFirst }: { learners: number; round: number; isFirst: boolean },
): Promise<Folded> {
  await client.query('CHECKPOINT');
  await client.query('BEGIN');
  const first = isFirst ? round * ROWS * MOVES_A_ROW : 0;
  await client.query(`${JOURNAL} (${MOVES}) made`, [first, learners, round * 20, ROWS]);
  const before = costs();
  await client.query('COMMIT');
  const begin = performance.now();
  await untilEmpty(client);
  const seconds = (performance.now() - begin) / 1_000;
  const after = costs();
  const moves = ROWS * MOVES_A_ROW;
  const each = (from: number | null, to: number | null): number | null =>
    from === null || to === null ? null : ((to - from) * 1_000_000) / moves;
  return {
    isFirst,
    perSecond: moves / seconds,
    serverMicroseconds: each(before.server, after.server),
    databaseMicroseconds: each(before.database, after.database),
  };
}

/** Offers moves at a steady rate, and looks how far behind the folder is in the end. */
export async function sustain(
  client: Client,
  { learners, isFirst }: { learners: number; isFirst: boolean },
): Promise<Sustained> {
  const rows = Math.ceil((OFFERED_PER_SECOND * OFFER_SECONDS) / MOVES_A_ROW);
  await client.query(
    `CREATE UNLOGGED TABLE offered AS SELECT row_number() OVER () AS n, user_id, moves FROM (${literal(MOVES, [isFirst ? FOLDED : 0, learners, 400, rows])}) made`,
  );
  await client.query('CREATE INDEX ON offered (n)');
  const begin = performance.now();
  for (let given = 0; given < rows;) {
    await delay(OFFER_EVERY_MS);
    const due = Math.min(
      rows,
      Math.floor(((performance.now() - begin) / 1_000 / OFFER_SECONDS) * rows),
    );
    await client.query(
      'INSERT INTO analytics_journal (user_id, moves) SELECT user_id, moves FROM offered WHERE n > $1 AND n <= $2 ORDER BY n',
      [given, due],
    );
    given = due;
  }
  const { rows: left } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM analytics_journal',
  );
  const end = performance.now();
  await untilEmpty(client);
  await client.query('DROP TABLE offered');
  return {
    isFirst,
    offeredPerSecond: OFFERED_PER_SECOND,
    waiting: left[0]!.count * MOVES_A_ROW,
    seconds: (performance.now() - end) / 1_000,
  };
}

/** CREATE TABLE AS takes no parameters. */
const literal = (sql: string, values: number[]): string =>
  values.reduce((text, value, index) => text.replaceAll(`$${index + 1}`, String(value)), sql);

async function untilEmpty(client: Client): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ isEmpty: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM analytics_journal) AS "isEmpty"`,
    );
    if (rows[0]!.isEmpty) return;
    if (performance.now() > deadline) throw new Error('the journal was not folded in two minutes');
    await delay(LOOK_EVERY_MS);
  }
}
