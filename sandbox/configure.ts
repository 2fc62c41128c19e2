import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import pg from 'pg';
import { SANDBOX } from './catalogue.ts';
import { writeExamples } from './examples.ts';
import { startPeers } from './peers/index.ts';
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
  const broughtUp = {
    ...(ownDatabase ? await bringUpDatabase(started) : {}),
    ...(ownPlatform ? await bringUpPlatform(started) : {}),
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
  return { environment, secret };
}

async function bringUpDatabase(started: ConfigureOptions['started']): Promise<NodeJS.ProcessEnv> {
  const first = !existsSync(data('postgres'));
  console.log(
    `Starting PostgreSQL (data in .data/postgres)${first ? ', the first time takes some seconds' : ''} …`,
  );
  const server = await startPostgres({ dataDir: data('postgres') });
  started.push(server);
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
  return {
    DB_HOST: host,
    DB_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    DB_NAME_USER_PROGRESS: DATABASE,
    DB_SSL: 'false',
  };
}

async function bringUpPlatform(started: ConfigureOptions['started']): Promise<NodeJS.ProcessEnv> {
  const say = (message: string) => console.log(message);
  const binary = ensureNatsServer(say);
  say('Starting NATS and the sandbox’s user, course and certificate services …');
  const server = await startNats({ binary, storeDir: data('nats') });
  started.push(server);
  const peers = await startPeers({ natsUrl: server.url, dataDir: data('platform') });
  started.push({ stop: () => peers.close() });
  return { NATS_URL: server.url };
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
