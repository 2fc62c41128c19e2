import pg from 'pg';

/** Whether the tests' databases are distributed ones: TEST_DB_HOST or TEST_PG_BIN then has Citus. */
export const isCitus = process.env['TEST_CITUS'] === 'true';

export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Running servers with Citus, which let the tests' roles in without a password. */
export const CITUS_WORKERS: readonly Node[] = (process.env['TEST_CITUS_WORKERS'] ?? '')
  .split(',')
  .filter((address) => address !== '')
  .map((address) => {
    const [host, port] = address.split(':');
    return { host: host!, port: Number(port) };
  });

interface Role {
  readonly user: string;
  readonly password: string;
}

/**
 * Makes the coordinator's database one that can be distributed over the workers, in eight shards.
 * @param others roles by which the coordinator reaches itself, beside its own
 */
export async function makeCluster(
  coordinator: Node & Role,
  database: string,
  others: readonly Role[] = [],
): Promise<void> {
  await onWorkers(database, ['CREATE EXTENSION citus']);
  const { host, port, user, password } = coordinator;
  await runCommands(
    { host, port, user, password, database },
    clusterCommands(database, coordinator, [coordinator, ...others]),
  );
}

const clusterCommands = (
  database: string,
  coordinator: Node,
  roles: readonly Role[],
): readonly string[] => [
  'CREATE EXTENSION citus',
  ...roles
    .filter(({ password }) => password !== '')
    .map(
      ({ user, password }) =>
        `INSERT INTO pg_dist_authinfo VALUES (0, '${user}', 'password=${password}')`,
    ),
  `SELECT citus_set_coordinator_host('${coordinator.host}', ${coordinator.port})`,
  ...CITUS_WORKERS.map(({ host, port }) => `SELECT citus_add_node('${host}', ${port})`),
  `ALTER DATABASE ${database} SET citus.shard_count = 8`,
];

/** The servers that hold shards: the workers, or the coordinator where there is none. */
export const shardNodes = (coordinator: pg.ClientConfig): pg.ClientConfig[] =>
  CITUS_WORKERS.length > 0
    ? CITUS_WORKERS.map((worker) => ({ ...worker, user: 'postgres' }))
    : [coordinator];

/** Runs the commands as a superuser of each worker. @returns their results */
export async function onWorkers(
  database: string,
  commands: readonly string[],
): Promise<pg.QueryResult[]> {
  const results: pg.QueryResult[] = [];
  for (const worker of CITUS_WORKERS) {
    results.push(...(await runCommands({ ...worker, user: 'postgres', database }, commands)));
  }
  return results;
}

export async function runCommands(
  address: pg.ClientConfig,
  commands: readonly string[],
): Promise<pg.QueryResult[]> {
  const client = new pg.Client(address);
  await client.connect();
  const results: pg.QueryResult[] = [];
  try {
    for (const command of commands) results.push(await client.query(command));
    return results;
  } finally {
    await client.end();
  }
}
