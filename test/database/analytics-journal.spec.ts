import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  appendToJournal,
  certificateMoves,
  erasedRecordMoves,
  givenMoves,
  learnerMoves,
} from '../../src/modules/analytics/journal/proxy/sql/append.js';
import { analyticsMoves } from '../../src/modules/analytics/journal/analytics-move.js';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const AT = new Date('2026-03-01T12:05:00Z');
const QUARTER = Date.parse('2026-03-01T12:00:00Z') / 900_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query('TRUNCATE analytics_journal'));

const query = (text: string, values: unknown[] = []) => database.pool.query(text, values);
const journalled = async () =>
  (await query('SELECT user_id AS "userId", moves FROM analytics_journal ORDER BY id')).rows;

describe('the journal', () => {
  it('takes what a batch was given, and nothing where nothing moved', async () => {
    const text = `WITH ${appendToJournal('journalled', givenMoves('$1', '$2'))} SELECT FROM journalled`;
    await query(text, ['ann', '[{"k":"l"}]']);
    await query(text, ['ann', null]);
    expect(await journalled()).toEqual([{ userId: 'ann', moves: [{ k: 'l' }] }]);
  });

  it('takes who joined, left or completed a course, once for all of a statement', async () => {
    await query(
      `WITH rollup AS (
         SELECT * FROM (VALUES
           ('ann', 'course', 1, $1::timestamptz, NULL::timestamptz),
           ('ben', 'course', -1, $1, NULL),
           ('cem', 'course', 0, $1, $1),
           ('dan', 'course', 0, $1, NULL)) r (user_id, course_id, joined, created_at, completed_at)),
       ${appendToJournal('journalled', learnerMoves('rollup'))} SELECT FROM journalled`,
      [AT],
    );
    const move = { k: 'c', c: 'course', e: QUARTER };
    expect(await journalled()).toEqual([
      {
        userId: 'ann',
        moves: [
          { ...move, u: 'ann', j: 1 },
          { ...move, u: 'ben', j: -1 },
          { ...move, u: 'cem', j: 0, x: QUARTER },
        ],
      },
    ]);
  });

  it('takes certificates that are issued, and that are erased', async () => {
    for (const sign of [1, -1] as const) {
      await query(
        `WITH settled AS (
           SELECT * FROM (VALUES ('ann', 'course', $1::timestamptz), ('ben', 'course', NULL))
             r (user_id, course_id, issued_at)),
         ${appendToJournal('journalled', certificateMoves('settled', sign))} SELECT FROM journalled`,
        [AT],
      );
    }
    const move = { k: 'i', u: 'ann', c: 'course', t: QUARTER };
    expect(await journalled()).toEqual([
      { userId: 'ann', moves: [{ ...move, n: 1 }] },
      { userId: 'ann', moves: [{ ...move, n: -1 }] },
    ]);
  });

  it('takes back all that erased records gave to their lessons, as deleting them would', async () => {
    const record = {
      ...{
        userId: 'ann',
        courseId: 'course',
        lessonId: 'lesson',
        completed: true,
        completedAt: AT,
      },
      ...{ watchTimeSeconds: 50, uniqueSeconds: 30, rewatchedSeconds: 20, createdAt: AT },
      ...{ watched: '{[0,10),[20,40)}', watchedAgain: '{[5,10)}', deletedAt: null },
    };
    await query(
      `INSERT INTO user_progress (user_id, course_id, lesson_id, completed, completed_at, watch_time_seconds,
         unique_seconds, rewatched_seconds, watched, watched_again, deleted_at)
       SELECT $1, $2, lesson, true, now(), $3, $4, $5, $6, $7, deleted_at
       FROM (VALUES ('lesson', NULL::timestamptz), ('deleted', now())) l (lesson, deleted_at)`,
      [
        ...[record.userId, record.courseId, record.watchTimeSeconds, record.uniqueSeconds],
        ...[record.rewatchedSeconds, record.watched, record.watchedAgain],
      ],
    );
    await query(
      `WITH gone AS (DELETE FROM user_progress RETURNING *),
       ${appendToJournal('journalled', erasedRecordMoves('gone'))} SELECT FROM journalled`,
    );
    const [row] = await journalled();
    const [expected] = analyticsMoves(record, { ...record, deletedAt: AT }, [], AT);
    expect(row).toEqual({
      userId: 'ann',
      moves: [{ ...expected, t: expect.any(Number) }],
    });
  });
});
