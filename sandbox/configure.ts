import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import pg from 'pg';
import { SANDBOX } from './catalogue.ts';
import { writeExamples } from './examples.ts';
import type { DueHistory } from './history/background.ts';
import { WITH_PAST } from './history/catalogue.ts';
import { planFor } from './history/plan.ts';
import { startPeers } from './peers/index.ts';
import type { CertificatesPeer } from './peers/certificates.ts';
import { LESSON_ENVIRONMENT } from './lesson/address.ts';
import { ensureNatsServer } from './servers/nats-binary.ts';
import { startNats } from './servers/nats.ts';
import { startPostgres } from './servers/postgres.ts';
import { signToken } from './token.ts';

export interface Sandbox {
  /** The service's environment: the given configuration, and the parts that the sandbox started. */
  environment: NodeJS.ProcessEnv;
  /** Signs tokens for the sandbox's users. Missing when a real platform is used. */
  secret?: string;
  /** What is still to be stored of what learners did before. */
  history?: DueHistory;
}

export interface ConfigureOptions {
  watch: boolean;
  /** The parts that were started, in order; stop them in reverse. */
  started: { stop(): Promise<void> }[];
}

const DATABASE = 'user_progress';
const SECRET_BYTES = 48;
const data = (name: string) => resolve('.data', name);

/** Starts each part that is not configured: the database, and the platform behind NATS. */
export async function configureSandbox({ watch, started }: ConfigureOptions): Promise<Sandbox> {
  const environment = { ...process.env };
  const ownDatabase = !environment['DB_HOST'];
  const ownPlatform = !environment['NATS_URL'];
  if (!ownDatabase && !ownPlatform) return { environment };

  mkdirSync('.data', { recursive: true });
  const database = ownDatabase ? await bringUpDatabase(started) : null;
  const platform = ownPlatform ? await bringUpPlatform(started) : null;
  const broughtUp = {
    ...database?.environment,
    ...platform?.environment,
    ...(environment['JWT_SECRET'] || environment['JWKS_URL']
      ? {}
      : { JWT_SECRET: keptSecret(data('jwt-secret')) }),
  };
  Object.assign(environment, broughtUp);
  started.push(tellCommands(broughtUp));
  // One log line per request would hide the text printed for people.
  environment['LOG_LEVEL'] ||= watch ? 'info' : 'warn';
  const secret = environment['JWT_SECRET'];
  if (!ownPlatform || !secret) return { environment };

  environment['GRAPHIQL_DEFAULT_TOKEN'] = await signToken(SANDBOX.learners[0]!, secret);
  environment['LESSON_PAGE'] = LESSON_ENVIRONMENT.LESSON_PAGE;
  environment['CORS_ORIGINS'] ||= LESSON_ENVIRONMENT.CORS_ORIGINS;
  environment['GRAPHIQL_EXAMPLES'] = writeExamples(data('examples.graphql'));
  if (!database || !platform) return { environment, secret };
  const plan = await planFor(database.connection);
  if (!plan) return { environment, secret };
  return { environment, secret, history: { plan, secret, ...database, ...platform } };
}

interface OwnDatabase {
  environment: NodeJS.ProcessEnv;
  connection: pg.ClientConfig;
}

interface OwnPlatform {
  environment: NodeJS.ProcessEnv;
  certificates: CertificatesPeer;
}

async function bringUpDatabase(started: ConfigureOptions['started']): Promise<OwnDatabase> {
  const first = !existsSync(data('postgres'));
  console.log(
    `Starting PostgreSQL (data in .data/postgres)${first ? ', the first time takes some seconds' : ''} …`,
  );
  const server = await startPostgres({ dataDir: data('postgres') });
  started.push(server);
  const { host, port, user, password } = server;
  const connection = { host, port, user, password, database: DATABASE };
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
  const environment = {
    DB_HOST: host,
    DB_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    DB_NAME_USER_PROGRESS: DATABASE,
    DB_SSL: 'false',
  };
  return { environment, connection };
}

async function bringUpPlatform(started: ConfigureOptions['started']): Promise<OwnPlatform> {
  const say = (message: string) => console.log(message);
  const binary = ensureNatsServer(say);
  say('Starting NATS and the sandbox’s user, course and certificate services …');
  const server = await startNats({ binary, storeDir: data('nats') });
  started.push(server);
  const peers = await startPeers({
    natsUrl: server.url,
    dataDir: data('platform'),
    catalogue: WITH_PAST,
  });
  started.push({ stop: () => peers.close() });
  return { environment: { NATS_URL: server.url }, certificates: peers.certificates };
}

/** While this runs, `npm run progress:verify` and similar commands find the same database. */
function tellCommands(environment: NodeJS.ProcessEnv): { stop(): Promise<void> } {
  const path = data('environment');
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  return { stop: () => rm(path, { force: true }) };
}

/** Created once, so that old tokens still work after a restart. */
function keptSecret(path: string): string {
  if (!existsSync(path)) {
    writeFileSync(path, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}
