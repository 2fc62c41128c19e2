import type { Pool } from 'pg';

/** The original service's table as TypeORM makes it (`synchronize`), with TypeORM's names of constraints. */
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

/** Crockford's base 32, the alphabet of ULIDs. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A ULID's number of time digits, and of random digits. */
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/** A database that is empty except for the original's table. */
export async function createOriginalTable(pool: Pool): Promise<void> {
  await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await pool.query(`CREATE TABLE user_progress ${ORIGINAL_COLUMNS}`);
}

/**
 * Rows of learners with ten lessons each in one of a hundred courses; every hundredth row is there twice. They are
 * spread over a year and over all learners. Every seventh ULID is in lower case, every eleventh in mixed case. The same
 * number of rows always gives the same rows.
 */
export async function fillOriginalTable(pool: Pool, rows: number): Promise<void> {
  await pool.query(
    `INSERT INTO user_progress
     SELECT CASE WHEN i % 7 = 0 THEN lower(ulid)
                 WHEN i % 11 = 0 THEN left(ulid, 13) || lower(right(ulid, 13))
                 ELSE ulid END,
            'USER' || lpad((k / 10)::text, 10, '0'), 'LESSON' || (k % 1000), 'COURSE' || (k / 10 % 100),
            get_byte(hash, 20) % 3 = 0, (i::bigint * 7919) % 100000,
            made, made + get_byte(hash, 21) * interval '7 minutes 3.000007 seconds'
     FROM (
       SELECT i, k, hash, made, ${ulid('hash', 'made')} AS ulid
       FROM (
         SELECT i, CASE WHEN i % 100 = 99 THEN i - 1 ELSE i END AS k,
                sha256(int8send(i)) AS hash,
                timestamp '2024-11-03 08:00' + (i::bigint * 104729 % $1) * (interval '365 days' / $1) AS made
         FROM generate_series(0::bigint, $1::int - 1) AS i
       ) AS numbered
     ) AS named
     ORDER BY made`,
    [rows],
  );
}

/** SQL of a ULID with this time and these random bytes. */
function ulid(bytes: string, time: string): string {
  const milliseconds = `(extract(epoch FROM ${time}) * 1000)::bigint`;
  const ofTime = indexes(TIME_DIGITS).map((index) =>
    digit(`${milliseconds} >> ${5 * (TIME_DIGITS - 1 - index)}`),
  );
  const random = indexes(RANDOM_DIGITS).map((index) => digit(`get_byte(${bytes}, ${index})`));
  return [...ofTime, ...random].join(' || ');
}

const indexes = (length: number): number[] => Array.from({ length }, (_, index) => index);

const digit = (number: string): string => `substr('${DIGITS}', 1 + ((${number}) & 31)::int, 1)`;
