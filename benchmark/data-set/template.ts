import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Database } from '../servers/postgres.ts';
import { loadDataSet } from './load.ts';

/** The folder of this build. */
export const THIS_BUILD = join(import.meta.dirname, '..', '..');

/** Makes a database with the data set, to be copied. The build of the service in the folder `build` migrates it. */
export async function createTemplate(
  server: Database,
  name: string,
  rows: number,
  say: (step: string) => void,
  build = THIS_BUILD,
): Promise<void> {
  await createDatabase(server, name, build);
  const client = await server.connect(name);
  try {
    await loadDataSet(client, rows, say);
  } finally {
    await client.end();
  }
}

/** Makes a database with the tables of a build, and nothing in them. */
export async function createDatabase(
  server: Database,
  name: string,
  build = THIS_BUILD,
): Promise<void> {
  await execute(server, `CREATE DATABASE ${name}`);
  runCommand(server, name, [join(build, 'dist', 'cli', 'migrate.js'), 'run']);
}

/** Copies files instead of rows: it takes seconds even for gigabytes. */
export async function copyDatabase(server: Database, from: string, to: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${to} TEMPLATE ${from} STRATEGY file_copy`);
}

async function execute(server: Database, statement: string): Promise<void> {
  const client = await server.connect('postgres');
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Runs a command of the service on a database.
 * @returns what it printed
 * @throws Error with what it printed, when it fails
 */
export function runCommand(
  { host, port, user, password }: Database,
  name: string,
  program: string[],
): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    encoding: 'utf8',
    env: {
      ...process.env,
      DB_HOST: host,
      DB_PORT: String(port),
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      DB_NAME_USER_PROGRESS: name,
      // Values that are validated with the rest of the configuration, but not used.
      NATS_URL: 'nats://unused',
      JWT_SECRET: 'unused'.repeat(8),
    },
  });
  if (status !== 0) throw new Error(`${program.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
