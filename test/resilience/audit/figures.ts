import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { recount, type Figures } from '../../support/analytics/recount.ts';
import { storedFigures } from '../../support/analytics/stored-figures.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';
import { readLearning } from './witness.ts';

const LOOK_EVERY_MS = 100;
const SETTLES_WITHIN_MS = 60_000;

/** Nothing is under way: every erasure has ended, every certificate is issued, and every move is folded. */
const IS_SETTLED = `
  SELECT NOT EXISTS (SELECT FROM erased_user WHERE finished_at IS NULL)
     AND NOT EXISTS (SELECT FROM certificate WHERE status = 'REQUESTED')
     AND NOT EXISTS (SELECT FROM analytics_journal) AS settled`;

/**
 * After the last request: waits until nothing is under way, and compares every figure with a recount that knows nothing
 * of moves.
 */
export async function auditFigures({ postgres }: Stage, tally: Tally): Promise<void> {
  const deadline = performance.now() + SETTLES_WITHIN_MS;
  const snapshot = await postgres.connect();
  try {
    do {
      if (performance.now() > deadline) {
        tally.violate('moves are not folded within 60 s', `trial ${tally.times}`);
        return;
      }
      await sleep(LOOK_EVERY_MS);
      await snapshot.query('ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ');
    } while (!(await snapshot.query<{ settled: boolean }>(IS_SETTLED)).rows[0]!.settled);
    await compare(snapshot, tally);
  } finally {
    await snapshot.query('ROLLBACK');
    snapshot.release();
  }
}

async function compare(snapshot: PoolClient, tally: Tally): Promise<void> {
  const { rows } = await snapshot.query<{ timeZone: string; since: Date }>(
    'SELECT time_zone AS "timeZone", since FROM analytics_state',
  );
  const { timeZone, since } = rows[0]!;
  const stored = comparable(await storedFigures(snapshot));
  const counted = comparable(recount(await readLearning(snapshot), timeZone, since));
  for (const name of new Set([...Object.keys(stored), ...Object.keys(counted)])) {
    const is = stored[name] ?? 0;
    const should = counted[name] ?? 0;
    const example = `${name} is ${is}, should be ${should}`;
    if (is < should) tally.lose('of a figure', example);
    if (is > should) tally.duplicate('in a figure', example);
  }
}

/** Without the time and the lesson of the last activity: beats say when they were played, and records do not. */
function comparable(figures: Figures): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value === 'string') continue;
    const kept = /^(silence|open) /.test(name) ? name.slice(0, name.lastIndexOf(' ')) : name;
    sums[kept] = (sums[kept] ?? 0) + value;
  }
  return sums;
}
