import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  activeLearners,
  COURSE_PREFIX,
  COURSES,
  COURSES_PER_USER,
  FIRST_NUMBER,
  LESSON_PREFIX,
  LESSONS_PER_COURSE,
  USER_PREFIX,
} from '../data-set/shape.ts';

export interface PgbenchTask {
  binary: string;
  database: { host: string; port: number; user: string; password: string; name: string };
  rows: number;
  connections: number;
  threads: number;
  seconds: number;
}

/** pgbench counts whole seconds, and the time for opening connections, which takes seconds on a busy machine. */
const SECONDS_MINIMUM = 5;

const UPDATES = {
  /** Writes only the record: the minimum for a beat. */
  'pgbench-record': `
UPDATE user_progress SET watch_time_seconds = watch_time_seconds + 10, updated_at = now()
WHERE user_id = '${USER_PREFIX}' || :user::text AND lesson_id = '${LESSON_PREFIX}' || :lesson::text;`,
  /** Writes record and rollup, as all other contenders do, in one statement. */
  'pgbench-rollup': `
WITH record AS (
  UPDATE user_progress SET watch_time_seconds = watch_time_seconds + 10, updated_at = now()
  WHERE user_id = '${USER_PREFIX}' || :user::text AND lesson_id = '${LESSON_PREFIX}' || :lesson::text
  RETURNING user_id)
UPDATE course_progress AS p SET watch_time_seconds = p.watch_time_seconds + 10, last_activity_at = now()
FROM record AS r WHERE p.user_id = r.user_id AND p.course_id = '${COURSE_PREFIX}' || :course::text;`,
};

export type PgbenchVariant = keyof typeof UPDATES;

export const PGBENCH_TITLES: Record<PgbenchVariant, string> = {
  'pgbench-record': 'pgbench, record only',
  'pgbench-rollup': 'pgbench, record and rollup',
};

/** PostgreSQL's own load generator, one row a transaction: the limit of this approach. */
export async function runPgbench(
  variant: PgbenchVariant,
  task: PgbenchTask,
): Promise<{ perSecond: number; transactions: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'progress-pgbench-'));
  const script = join(folder, 'beat.sql');
  writeFileSync(script, scriptFor(variant, task.rows));
  try {
    const output = await run(task, script);
    const [, rate] = /tps = ([\d.]+) \(without initial connection/.exec(output) ?? [];
    const [, failed] = /number of failed transactions: (\d+)/.exec(output) ?? [];
    const [, transactions] = /transactions actually processed: (\d+)/.exec(output) ?? [];
    if (!rate || !transactions || (failed && failed !== '0'))
      throw new Error(`pgbench did not succeed:\n${output}`);
    return { perSecond: Number(rate), transactions: Number(transactions) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scriptFor(variant: PgbenchVariant, rows: number): string {
  const { count, stride } = activeLearners(rows);
  return `
\\set n random(0, ${count - 1}) * ${stride}
\\set user :n + ${FIRST_NUMBER}
\\set course (:n * ${COURSES_PER_USER}) % ${COURSES} + ${FIRST_NUMBER}
\\set lesson (:course - ${FIRST_NUMBER}) * ${LESSONS_PER_COURSE} + ${FIRST_NUMBER}
${UPDATES[variant].trim()}
`;
}

function run(task: PgbenchTask, script: string): Promise<string> {
  const { host, port, user, password, name } = task.database;
  const args = ['-n', '-M', 'prepared', '-f', script, '-h', host, '-p', String(port), '-U', user];
  const load = ['-c', String(task.connections), '-j', String(task.threads)];
  const time = ['-T', String(Math.max(SECONDS_MINIMUM, Math.ceil(task.seconds)))];
  return new Promise((resolve, reject) => {
    const child = spawn(task.binary, [...args, ...load, ...time, name], {
      env: { ...process.env, PGPASSWORD: password, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', () => resolve(output));
  });
}
