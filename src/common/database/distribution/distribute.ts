import type { DataSource, QueryRunner } from 'typeorm';
import { APPLICATION_NAME, FORMER_APPLICATION_NAME } from '../data-source-options.js';
import { migrate } from '../migrate.js';
import { underMigrationLock } from '../migration-lock.js';
import { distribution, preparation, type Coordinator, type Step } from './steps.js';

/** The server cannot distribute a database. */
export class NoCitusError extends Error {
  constructor() {
    super(
      'This PostgreSQL has no Citus: nothing was changed. Install the extension "citus", add it to' +
        ' shared_preload_libraries, restart PostgreSQL, and run this again.',
    );
    this.name = 'NoCitusError';
  }
}

/** Processes of the service are connected: what they write meanwhile would fail. */
export class ServiceRunsError extends Error {
  constructor() {
    super('The service is connected to this database: nothing was changed. Stop it first.');
    this.name = 'ServiceRunsError';
  }
}

export interface DistributeOptions {
  coordinator: Coordinator;
  /** Changes nothing: only tells. */
  dryRun: boolean;
  /** Called with what is to do, before anything is changed. */
  plan: (steps: readonly string[]) => void;
  /** Called after each step. */
  done: (step: string) => void;
}

const CREATE_EXTENSION: Step = {
  does: 'creates the extension citus in this database',
  isDue: `NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')`,
  commands: ['CREATE EXTENSION citus'],
};

/**
 * Makes of this database, empty or filled, one that Citus distributes. What is done already is left alone, so it may be
 * stopped at any moment and run again.
 * @throws NoCitusError, ServiceRunsError, and changes nothing
 */
export async function distribute(
  dataSource: DataSource,
  { coordinator, dryRun, plan, done }: DistributeOptions,
): Promise<void> {
  await checkServer(dataSource);
  if (!dryRun) await migrate(dataSource);
  await underMigrationLock(dataSource, async (runner) => {
    if (!dryRun && (await serviceRuns(runner))) throw new ServiceRunsError();
    const due = await dueSteps(runner, coordinator);
    plan(due.map(({ does }) => does));
    if (dryRun) return;
    for (const step of due) {
      if (!(await isDue(runner, step))) continue;
      await runInTransaction(runner, step);
      done(step.does);
    }
  });
}

async function checkServer(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ found: boolean }[]>(
    `SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus')
            AND current_setting('shared_preload_libraries') LIKE '%citus%' AS found`,
  );
  if (!row!.found) throw new NoCitusError();
}

async function serviceRuns(runner: QueryRunner): Promise<boolean> {
  const [row] = (await runner.query(
    `SELECT EXISTS (
       SELECT FROM pg_stat_activity
       WHERE datname = current_database()
         AND application_name IN ('${APPLICATION_NAME}', '${FORMER_APPLICATION_NAME}')
     ) AS found`,
  )) as { found: boolean }[];
  return row!.found;
}

/** Before Citus is there, its catalogue cannot be asked: then everything is still to do. */
async function dueSteps(runner: QueryRunner, coordinator: Coordinator): Promise<Step[]> {
  const later = [...preparation(coordinator), ...distribution];
  if (await isDue(runner, CREATE_EXTENSION)) return [CREATE_EXTENSION, ...later];
  const due: Step[] = [];
  for (const step of later) if (await isDue(runner, step)) due.push(step);
  return due;
}

async function isDue(runner: QueryRunner, { isDue: condition }: Step): Promise<boolean> {
  const [row] = (await runner.query(`SELECT ${condition} AS due`)) as { due: boolean }[];
  return row!.due;
}

async function runInTransaction(runner: QueryRunner, { commands }: Step): Promise<void> {
  await runner.startTransaction();
  try {
    for (const command of commands) await runner.query(command);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
