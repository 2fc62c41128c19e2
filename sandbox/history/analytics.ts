import type pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { DAY_SECONDS } from './behaviour/calendar.ts';
import { WEEKS } from './behaviour/enrolment.ts';

type Database = Pick<pg.Client, 'query'>;

const LOOK_EVERY_MS = 100;

/**
 * Says that days of learners are known from the beginning of the history on. That is true: before the plan, the database
 * had no records, so nothing was done that is not known. The service begins analytics itself, so this waits for it.
 *
 * The row is locked while a journal is folded. So what is journalled after this is folded with the new date.
 */
export async function beginDaysBefore(
  database: Database,
  endsAt: Date,
  signal: AbortSignal,
): Promise<void> {
  const begin = new Date(endsAt.getTime() - (WEEKS * 7 + 1) * DAY_SECONDS * 1_000);
  await until(signal, async () => {
    const { rowCount } = await database.query(
      'UPDATE analytics_state SET since = least(since, $1) WHERE built_at IS NOT NULL',
      [begin],
    );
    return rowCount! > 0;
  });
}

/** Waits until the service has added to its figures what is in the journal now. */
export async function untilFolded(database: Database, signal: AbortSignal): Promise<void> {
  const { rows } = await database.query<{ last: string | null }>(
    'SELECT max(id) AS last FROM analytics_journal',
  );
  await until(signal, async () => {
    const { rowCount } = await database.query(
      'SELECT FROM analytics_journal WHERE id <= $1 LIMIT 1',
      [rows[0]!.last],
    );
    return rowCount === 0;
  });
}

/** @throws the signal's reason when it is aborted */
async function until(signal: AbortSignal, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(LOOK_EVERY_MS, undefined, { signal });
}
