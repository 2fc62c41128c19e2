/** The address of the tests' PostgreSQL. */
export interface DatabaseServer {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The beginning of all database names of this run; `<prefix>_template` is the migrated, empty one. */
  prefix: string;
}

/** The service's variables for one of its databases. */
export function databaseEnvironment(
  server: DatabaseServer,
  name: string,
): Partial<NodeJS.ProcessEnv> {
  return {
    DB_HOST: server.host,
    DB_PORT: String(server.port),
    POSTGRES_USER: server.user,
    POSTGRES_PASSWORD: server.password,
    DB_NAME_USER_PROGRESS: name,
  };
}
