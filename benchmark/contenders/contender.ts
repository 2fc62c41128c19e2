import type { Client } from 'pg';
import type { OperationKind } from '../load/operation.ts';

/** What a contender gets when it starts. */
export interface Surroundings {
  port: number;
  databaseUrl: string;
  /** The parts of `databaseUrl`. */
  database: { host: string; port: number; user: string; password: string; name: string };
  natsUrl: string;
  jwtSecret: string;
  /** Database connections: the same number for every contender. */
  poolSize: number;
}

/** One of the compared servers. */
export interface Contender {
  readonly name: string;
  readonly title: string;
  readonly dialect: string;
  /** The operations that it supports. */
  readonly operations: readonly OperationKind[];
  /** Whether it maintains `course_progress`. */
  readonly keepsRollups: boolean;
  /** The folder of the build, for a build of this service: its own migrations make the tables. */
  readonly serviceBuild?: string;
  /** How many processes of it share the database; each has its own port and connections. */
  readonly processes: number;
  /** Adds to its copy of the data what it needs. */
  prepare?(client: Client): Promise<void>;
  /** Builds its program from source. */
  build?(): void;
  program: string[];
  environment(surroundings: Surroundings): NodeJS.ProcessEnv;
}
