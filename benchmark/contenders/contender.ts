import type { Client } from 'pg';
import type { OperationKind } from '../load/operation.ts';

/** What a contender needs to know to start. */
export interface Surroundings {
  port: number;
  databaseUrl: string;
  /** Of `databaseUrl`, taken apart. */
  database: { host: string; port: number; user: string; password: string; name: string };
  natsUrl: string;
  jwtSecret: string;
  /** Database connections: the same number for everybody. */
  poolSize: number;
}

/** A server that answers requests, one of those compared. */
export interface Contender {
  readonly name: string;
  readonly title: string;
  readonly dialect: string;
  /** Operations that it has. */
  readonly operations: readonly OperationKind[];
  /** Whether it keeps `course_progress`. */
  readonly keepsRollups: boolean;
  /** Folder of the build, for one of this service: its own migrations make the tables that it gets. */
  readonly serviceBuild?: string;
  /** Adds to its copy of the data what it needs. */
  prepare?(client: Client): Promise<void>;
  /** Makes its program from its source. */
  build?(): void;
  program: string[];
  environment(surroundings: Surroundings): NodeJS.ProcessEnv;
}
