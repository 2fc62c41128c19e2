import type { PromiseOptions } from '../promise.ts';
import type { Stage } from '../stage/stage.ts';

/** A build that is broken on purpose, and the promise whose checker must detect it. */
export interface Control {
  break: string;
  caughtBy: string;
  /** How often the fault is injected: enough for the break to show. */
  times: number;
  options: Pick<PromiseOptions, 'sabotage' | 'environment' | 'prepare' | 'durationSeconds'> & {
    /** Controls use the short form, which tolerates more; false: the long one. */
    short?: false;
  };
}

const broken = (name: string, caughtBy: string, times = 1): Control => ({
  break: name,
  caughtBy,
  times,
  options: { sabotage: { breaks: [name] } },
});

const dropConstraint =
  (statement: string) =>
  async ({ postgres }: Stage): Promise<void> => {
    await postgres.query(statement);
  };

/** At least one for every checker. */
export const CONTROLS: readonly Control[] = [
  broken('acknowledge before commit', 'G1', 4),
  broken('acknowledge before commit', 'G2', 4),
  broken('acknowledge before commit', 'G15'),
  broken('loses rollups', 'G1'),
  broken('needs a peer to complete', 'G3'),
  {
    break: 'no unique key of certificates',
    caughtBy: 'G5',
    times: 1,
    options: {
      environment: { CERTIFICATE_TRIGGER: 'lesson' },
      prepare: dropConstraint('ALTER TABLE certificate DROP CONSTRAINT certificate_pkey'),
    },
  },
  {
    break: 'no unique key of records',
    caughtBy: 'G5',
    times: 1,
    options: { prepare: dropConstraint('DROP INDEX user_progress_user_lesson') },
  },
  broken('request inside the transaction', 'G6'),
  broken('repeats without asking', 'G7'),
  broken('believes whoever says that a certificate exists', 'G7', 3),
  broken('no lease and no fence', 'G7'),
  broken('counts beats again', 'G8'),
  broken('reads what was', 'G9'),
  broken('lets everybody in', 'G10'),
  broken('does not notice silence of PostgreSQL', 'G11'),
  broken('gives NATS up', 'G12'),
  broken('takes a failover for a fault of its own', 'G13'),
  {
    break: 'waits for locks',
    caughtBy: 'G14',
    times: 1,
    options: { environment: { DB_LOCK_TIMEOUT_MS: '60000', DB_STATEMENT_TIMEOUT_MS: '60000' } },
  },
  broken('does not notice silence of NATS', 'G16'),
  broken('repeats refused requests', 'G17'),
  broken('leaves its clients at once', 'G18', 4),
  broken('counts on quick balancers', 'G18', 2),
  broken('keeps every request in memory', 'G19'),
  broken('waits for the reader of its log', 'G21'),
  broken('keeps every line for the reader of its log', 'G21'),
  broken('rests by the wall clock', 'G22'),
  {
    break: 'lets a learner ask as fast as they like',
    caughtBy: 'G23',
    times: 1,
    options: { sabotage: { breaks: ['lets a learner ask as fast as they like'] }, short: false },
  },
  broken('folds and forgets in two transactions', 'G24', 6),
  broken('does not journal every change', 'G24'),
  {
    break: 'locks rows in any order',
    caughtBy: 'G25',
    times: 1,
    options: { sabotage: { breaks: ['locks rows in any order'] }, durationSeconds: 60 },
  },
];
