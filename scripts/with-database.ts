// Runs a program of this project against an empty, temporary PostgreSQL: `with-database.ts dist/cli/migrate.js check`.
import { startChild } from '../sandbox/servers/child.ts';
import { startThrowawayPostgres } from '../sandbox/servers/postgres.ts';

const server = await startThrowawayPostgres(process.env['TEST_PG_BIN']);
const environment = {
  ...process.env,
  NODE_ENV: 'test',
  DB_HOST: server.host,
  DB_PORT: String(server.port),
  POSTGRES_USER: server.user,
  POSTGRES_PASSWORD: server.password,
  DB_NAME_USER_PROGRESS: 'postgres',
};
const program = startChild('the program', process.execPath, process.argv.slice(2), {
  environment,
  stdio: 'inherit',
});
process.on('SIGINT', () => void program.stop());
process.on('SIGTERM', () => void program.stop());
process.exitCode = await program.exited;
await server.stop();
