import type { Pool } from 'pg';

/** The table that the original service has TypeORM make (`synchronize`), with the names that it gives constraints. */
export const ORIGINAL_COLUMNS = `(
    id varchar(26) NOT NULL,
    "userId" varchar(26) NOT NULL,
    "lessonId" varchar(26) NOT NULL,
    "courseId" varchar(26) NOT NULL,
    completed boolean NOT NULL DEFAULT false,
    watch_time_seconds integer NOT NULL DEFAULT 0,
    "createdAt" timestamp NOT NULL DEFAULT now(),
    "updatedAt" timestamp NOT NULL DEFAULT now(),
    PRIMARY KEY (id)
  )`;

/** An empty database, but for the original's table. */
export async function createOriginalTable(pool: Pool): Promise<void> {
  await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await pool.query(`CREATE TABLE user_progress ${ORIGINAL_COLUMNS}`);
}

/**
 * Rows of learners with ten lessons each in one of a hundred courses; every hundredth row is there twice, and every
 * seventh id is in lower case.
 */
export async function fillOriginalTable(pool: Pool, rows: number): Promise<void> {
  await pool.query(
    `INSERT INTO user_progress
     SELECT CASE WHEN i % 7 = 0 THEN lower(ulid) ELSE ulid END,
            'USER' || lpad((k / 10)::text, 10, '0'), 'LESSON' || (k % 1000), 'COURSE' || (k / 10 % 100),
            i % 3 = 0, (i::bigint * 7919) % 100000,
            timestamp '2025-03-01 08:00' + i * interval '1 second',
            timestamp '2025-03-02 08:00' + i * interval '1 second'
     FROM (
       SELECT i, CASE WHEN i % 100 = 99 THEN i - 1 ELSE i END AS k,
              '01JDC8Q4W3' || lpad(upper(to_hex(i)), 16, '0') AS ulid
       FROM generate_series(0, $1::int - 1) AS i
     ) AS numbered`,
    [rows],
  );
}
