import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';
import { verifyProgress } from './progress-verify.ts';

/** A rollup whose records are all deleted is kept, and has zeros. */
const DIFFERENCES = `
  SELECT COALESCE(p.user_id, s.user_id) AS user_id, COALESCE(p.course_id, s.course_id) AS course_id
  FROM course_progress p
  FULL JOIN (
    SELECT user_id, course_id, count(*) AS started, count(*) FILTER (WHERE completed) AS completed,
           sum(watch_time_seconds) AS watch_time_seconds
    FROM user_progress WHERE deleted_at IS NULL GROUP BY user_id, course_id
  ) s USING (user_id, course_id)
  WHERE (p.lessons_started, p.lessons_completed, p.watch_time_seconds)
    IS DISTINCT FROM (
      COALESCE(s.started, 0), COALESCE(s.completed, 0), COALESCE(s.watch_time_seconds, 0))`;

/** Rollups equal the sums of their records, and `progress:verify` finds no difference either. */
export async function auditRollups(stage: Stage, tally: Tally): Promise<void> {
  const rows = await stage.postgres.query<{ user_id: string; course_id: string }>(DIFFERENCES);
  for (const { user_id, course_id } of rows) {
    tally.violate('rollup differs from its records', `${user_id} ${course_id}`);
  }
  await verifyProgress(stage, tally);
}
