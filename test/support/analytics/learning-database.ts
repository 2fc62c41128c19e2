import type { Pool, PoolClient } from 'pg';
import type { Move } from '../../../src/modules/analytics/journal/move.js';
import { LearningModel, type Step } from './learning-model.ts';

/** What learners do, in the tables of records, rollups and certificates: each step in one transaction with its moves. */
export class LearningDatabase {
  readonly model = new LearningModel();

  constructor(private readonly pool: Pool) {}

  /** @param journalled what a build that is wrong, or knows no journal, makes of the moves */
  async apply(step: Step, journalled: (moves: Move[]) => Move[] = (moves) => moves): Promise<void> {
    const moves = journalled(this.model.apply(step));
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await this.store(client, `user ${step.user}`, step);
      if (moves.length > 0) await journal(client, moves);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  private async store(client: PoolClient, userId: string, step: Step): Promise<void> {
    const isOfUser = (one: { userId: string }) => one.userId === userId;
    const isErased = this.model.erased.has(userId);
    const records = [...this.model.records.values()].filter(isOfUser);
    const updatedAt = new Date(step.at.getTime() + step.lateSeconds * 1_000);
    if (isErased) {
      for (const table of ['user_progress', 'course_progress', 'certificate']) {
        await client.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
      }
      return;
    }
    for (const one of records) {
      await client.query(
        `INSERT INTO user_progress AS u (user_id, lesson_id, course_id, completed, completed_at, watch_time_seconds,
           unique_seconds, rewatched_seconds, watched, watched_again, created_at, deleted_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (user_id, lesson_id) DO UPDATE SET course_id = excluded.course_id,
           completed = excluded.completed, completed_at = excluded.completed_at,
           watch_time_seconds = excluded.watch_time_seconds, unique_seconds = excluded.unique_seconds,
           rewatched_seconds = excluded.rewatched_seconds, watched = excluded.watched,
           watched_again = excluded.watched_again, created_at = excluded.created_at,
           deleted_at = excluded.deleted_at,
           updated_at = CASE WHEN u.lesson_id = $14 THEN excluded.updated_at ELSE u.updated_at END`,
        [
          ...[userId, one.lessonId, one.courseId, one.completed, one.completedAt],
          ...[one.watchTimeSeconds, one.uniqueSeconds, one.rewatchedSeconds],
          ...[one.watched, one.watchedAgain, one.createdAt, one.deletedAt, updatedAt],
          `lesson ${step.lesson}`,
        ],
      );
    }
    for (const one of [...this.model.enrolments.values()].filter(isOfUser)) {
      const started = records.filter(
        ({ courseId, deletedAt }) => courseId === one.courseId && deletedAt === null,
      );
      await client.query(
        `INSERT INTO course_progress (user_id, course_id, lessons_started, completed_at, created_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, course_id) DO UPDATE SET
           lessons_started = excluded.lessons_started, completed_at = excluded.completed_at`,
        [userId, one.courseId, started.length, one.completedAt, one.createdAt],
      );
    }
    for (const one of this.model.certificates.filter(isOfUser)) {
      await client.query(
        `INSERT INTO certificate (user_id, course_id, status, completed_at, issued_at)
         VALUES ($1, $2, 'ISSUED', $3, $3) ON CONFLICT DO NOTHING`,
        [userId, one.courseId, one.at],
      );
    }
  }
}

async function journal(client: Pick<PoolClient, 'query'>, moves: Move[]): Promise<void> {
  await client.query(`INSERT INTO analytics_journal (user_id, moves) VALUES ('user', $1)`, [
    JSON.stringify(moves),
  ]);
}
