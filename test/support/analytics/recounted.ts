import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { ObservedLearning } from './observed-learning.ts';

const FOLDER = join(import.meta.dirname, 'answers');
/** Those with a number first: the others are made of them. */
const FILES = readdirSync(FOLDER).toSorted();

const EMPTY = ['world', 'activity', 'completion']
  .map((table) => `DELETE FROM recount.${table};`)
  .join(' ');

interface World {
  timeZone: string;
  since: Date;
  asOf: Date;
  leastGroup: number;
}

/** The figures of every query, counted anew in plain SQL over the base tables: one file a query in `answers/`. */
export class Recounted {
  private constructor(private readonly pool: pg.Pool) {}

  static async install(pool: pg.Pool): Promise<Recounted> {
    for (const file of FILES) await pool.query(readFileSync(join(FOLDER, file), 'utf8'));
    return new Recounted(pool);
  }

  /** Takes over what was observed. */
  async observe(learning: ObservedLearning, world: World): Promise<void> {
    const isKept = ({ userId }: { userId: string }) => !learning.erased.has(userId);
    const activities = learning.activities.filter(isKept);
    const completions = [...learning.lifetimes.values()].filter(isKept);
    await this.pool.query(EMPTY);
    await this.pool.query(
      `INSERT INTO recount.world
       SELECT $1, $2, ($2::timestamptz AT TIME ZONE $1)::date, ($3::timestamptz AT TIME ZONE $1)::date, $4`,
      [world.timeZone, world.since, world.asOf, world.leastGroup],
    );
    await this.pool.query(
      `INSERT INTO recount.activity
       SELECT user_id, course_id, lesson_id, at, seconds, (at AT TIME ZONE time_zone)::date
       FROM recount.world,
            json_to_recordset($1) AS o (user_id varchar, course_id varchar, lesson_id varchar, at timestamptz, seconds bigint)
       WHERE at >= since`,
      [rowsOf(activities, ({ at, seconds }) => ({ at, seconds }))],
    );
    await this.pool.query(
      `INSERT INTO recount.completion
       SELECT user_id, course_id, lesson_id, at, (at AT TIME ZONE time_zone)::date
       FROM recount.world, json_to_recordset($1) AS o (user_id varchar, course_id varchar, lesson_id varchar, at timestamptz)
       WHERE at >= since`,
      [rowsOf(completions, ({ completedAt }) => ({ at: completedAt }))],
    );
  }

  /** @param query one of the files, and its arguments */
  async of(query: string, ...values: unknown[]): Promise<unknown> {
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    const { rows } = await this.pool.query(`SELECT recount.${query}(${places}) AS answer`, values);
    return rows[0].answer;
  }
}

interface Observed {
  userId: string;
  courseId: string;
  lessonId: string;
}

const rowsOf = <Row extends Observed>(rows: Row[], columns: (row: Row) => object): string =>
  JSON.stringify(
    rows.map((row) => ({
      ...{ user_id: row.userId, course_id: row.courseId, lesson_id: row.lessonId },
      ...columns(row),
    })),
  );
