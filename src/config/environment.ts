import { z } from 'zod';

const truth = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((value) => value === 'true' || value === '1');

const flag = (fallback: boolean) => truth.default(fallback);
const integer = (fallback: number, minimum: number, maximum: number) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

const PATH = /^\/[\w./-]*$/;

/**
 * Every variable that the service reads, with its unit in its name or its comment.
 * `docs/configuration.md` is checked against this list by a test.
 */
const schema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT_USER_PROGRESS: integer(3009, 0, 65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_SLOW_QUERY_MS: integer(500, 1, 600_000),

  DB_HOST: z.string().min(1),
  DB_PORT: integer(5432, 1, 65_535),
  POSTGRES_USER: z.string().min(1),
  POSTGRES_PASSWORD: z.string().default(''),
  DB_NAME_USER_PROGRESS: z.string().min(1),
  DB_SSL: flag(false),
  DB_POOL_SIZE: integer(10, 2, 200),
  DB_STATEMENT_TIMEOUT_MS: integer(2_500, 100, 600_000),
  DB_LOCK_TIMEOUT_MS: integer(300, 10, 600_000),
  /** How long a request may wait for a connection from the pool. */
  DB_CONNECT_TIMEOUT_MS: integer(500, 100, 60_000),

  /** Adopt the original service's table, where the database holds it. */
  ADOPT_EXISTING: flag(false),
  /** Where the original's clocks were: its times have no zone. */
  ADOPT_TIME_ZONE: z.string().min(1).default('UTC'),
  ADOPT_CERTIFICATES: z.enum(['assume', 'check', 'request']).default('check'),

  NATS_URL: list,
  /** Users and courses are asked side by side: even where nobody answers, creating is answered within 3 s. */
  NATS_REQUEST_TIMEOUT_MS: integer(2_000, 50, 60_000),
  NATS_BREAKER_FAILURES: integer(5, 1, 1_000),
  NATS_BREAKER_RESET_MS: integer(2_000, 50, 600_000),
  USER_CACHE_SECONDS: integer(300, 0, 86_400),
  /** How long a peer's 'does not exist' is believed. */
  ABSENCE_CACHE_SECONDS: integer(10, 0, 3_600),
  /** A stored course structure older than this is asked for again, in the background. */
  COURSE_REFRESH_SECONDS: integer(300, 1, 604_800),
  /** The same for one that nobody reads: its change may have been missed, and learners wait for what it means. */
  COURSE_REVIEW_SECONDS: integer(86_400, 1, 31_536_000),
  /** In which form courses are asked for: `auto` learns it, or the name of a subject. */
  COURSE_LOOKUP: z.enum(['auto', 'course.get.by.id', 'course.findUsersWithIds']).default('auto'),

  JWT_SECRET: z.string().default(''),
  JWKS_URL: z.string().default(''),
  JWT_ISSUER: z.string().default(''),
  JWT_AUDIENCE: z.string().default(''),
  JWT_SERVICE_ROLE: z.string().min(1).default('service'),
  /** How long a token is good after its `iat`; 0: as long as its `exp` says, which it must have then. */
  JWT_MAX_AGE_SECONDS: integer(0, 0, 31_536_000),
  /** Where a user's role comes from; `auto`: from the token where it has one, else from the user service. */
  AUTH_ROLE: z.enum(['token', 'directory', 'auto']).default('auto'),
  AUTH_VERIFY_USER: flag(false),
  /** While the user service cannot be asked, how long what it last said of somebody who asks is believed. */
  AUTH_KNOWN_SECONDS: integer(3_600, 0, 604_800),

  CORS_ORIGINS: list,
  /** Where the API is served too. The default is where an ingress of the platform sends requests. */
  GRAPHQL_PATHS: list
    .refine((paths) => paths.every((path) => PATH.test(path)), 'paths that begin with /')
    .default(['/user-progress', '/user-progress/graphql']),
  /** How many proxies of ours stand in front: so far from its end X-Forwarded-For is believed. */
  TRUST_PROXY: integer(0, 0, 10),
  GRAPHIQL: z.enum(['true', 'false', 'auto']).default('auto'),
  /** GraphiQL opens with this token, and with the operations in this file; never in production. */
  GRAPHIQL_DEFAULT_TOKEN: z.string().default(''),
  GRAPHIQL_EXAMPLES: z.string().default(''),
  INTROSPECTION: z.enum(['true', 'false', 'auto']).default('auto'),
  BODY_LIMIT_BYTES: integer(262_144, 1_024, 16_777_216),
  QUERY_COST_LIMIT: integer(1_000, 10, 1_000_000),
  MAX_CONCURRENT_REQUESTS: integer(512, 1, 100_000),
  /** Without it, requests beyond that are refused by Fastify's hooks alone, which costs twice as much (docs/adr/0006). */
  REFUSE_BEFORE_PARSING: flag(true),
  RATE_LIMIT_DISABLED: flag(false),
  /**
   * Operations a minute, for one user and for one address: watch is what players send, write every other mutation.
   * Behind an address there may be a school; behind a proxy everybody is, unless TRUST_PROXY is set.
   */
  RATE_LIMIT_WATCH_PER_USER: integer(600, 1, 10_000_000),
  RATE_LIMIT_WRITE_PER_USER: integer(300, 1, 10_000_000),
  RATE_LIMIT_READ_PER_USER: integer(1_200, 1, 10_000_000),
  RATE_LIMIT_WATCH_PER_ADDRESS: integer(60_000, 1, 100_000_000),
  RATE_LIMIT_WRITE_PER_ADDRESS: integer(30_000, 1, 100_000_000),
  RATE_LIMIT_READ_PER_ADDRESS: integer(60_000, 1, 100_000_000),
  /** Requests a minute of one address, refused before they are read. */
  RATE_LIMIT_PER_ADDRESS: integer(60_000, 1, 100_000_000),

  WRITE_BATCH_MAX: integer(256, 1, 1_000),
  WRITE_QUEUE_MAX: integer(2_000, 1, 1_000_000),
  /** How long a change may wait for its batch before it is refused. */
  WRITE_QUEUE_WAIT_MS: integer(600, 10, 60_000),

  /** Share of a lesson's duration that completes it by being watched; 0 turns it off. */
  COMPLETE_AT_COVERAGE: z.coerce.number().min(0).max(1).default(0.9),
  REQUIRE_COVERAGE: flag(false),
  /** The largest playback rate that is credited. */
  WATCH_MAX_RATE: z.coerce.number().min(0.25).max(16).default(2),
  /** Media seconds an hour that may exceed the learner's own clock (rounding, drift). */
  WATCH_SLACK_SECONDS: integer(5, 0, 600),
  /** A beat older than this (offline catch-up) is rejected. */
  WATCH_MAX_AGE_HOURS: integer(168, 1, 8_760),
  /** How far a client's clock may run ahead. */
  WATCH_MAX_AHEAD_SECONDS: integer(60, 0, 3_600),

  CERTIFICATE_TRIGGER: z.enum(['course', 'lesson']).default('course'),
  /** Whether the certificate service's check is tried out, and asked where it can be trusted; or not asked at all. */
  CERTIFICATE_CHECK: z.enum(['auto', 'ignore']).default('auto'),
  /** The longest pause after an error that the certificate service answered with. */
  CERTIFICATE_RETRY_MAX_SECONDS: integer(30, 1, 86_400),
  OUTBOX_POLL_MS: integer(1_000, 20, 600_000),
  OUTBOX_LEASE_SECONDS: integer(15, 1, 3_600),
  OUTBOX_CONCURRENCY: integer(16, 1, 1_000),
  OUTBOX_BACKOFF_MAX_SECONDS: integer(20, 1, 86_400),

  /** How often courses whose structure changed are looked for, beside being told. */
  COURSE_EVALUATION_POLL_MS: integer(1_000, 20, 600_000),
  /** How long a killed process delays the evaluation of the course that it was at. */
  COURSE_EVALUATION_LEASE_SECONDS: integer(10, 1, 3_600),
  /** Learners evaluated in one transaction, at most; fewer while that takes long. */
  COURSE_EVALUATION_BATCH: integer(500, 1, 5_000),

  /** How long after an erasure its learner's rows are looked for again: longer than any write can be under way. */
  ERASURE_SETTLE_SECONDS: integer(60, 1, 86_400),

  SHUTDOWN_GRACE_MS: integer(8_000, 0, 600_000),
});

export type Environment = z.infer<typeof schema>;

/** What is missing or out of range: names of variables and what is wrong, never a value. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

const SECRET_BYTES_MINIMUM = 32;

/** Names that are read where ours are not set: the platform's manifests and hosting services use them. */
const OTHER_NAMES = { DB_NAME_USER_PROGRESS: 'DB_NAME', PORT_USER_PROGRESS: 'PORT' };

/**
 * Reads and checks the configuration, once.
 * @throws EnvironmentError with one line a variable.
 */
export function loadEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const present = presentIn(source);
  const parsed = schema.safeParse(present);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = issue.path.join('.');
        return name in present
          ? `${name} is not valid: ${expectation(issue)}`
          : `${name} is not set`;
      });
  if (!present['NATS_URL']) problems.push('NATS_URL is not set');
  if (!present['JWT_SECRET'] && !present['JWKS_URL']) {
    problems.push('JWT_SECRET is not set (nor JWKS_URL)');
  } else if (
    source['NODE_ENV'] === 'production' &&
    present['JWT_SECRET'] &&
    Buffer.byteLength(present['JWT_SECRET']) < SECRET_BYTES_MINIMUM
  ) {
    problems.push(`JWT_SECRET is too short: at least ${SECRET_BYTES_MINIMUM} bytes`);
  }
  if (source['NODE_ENV'] === 'production' && !present['POSTGRES_PASSWORD']) {
    problems.push('POSTGRES_PASSWORD is not set');
  }
  if (problems.length > 0 || !parsed.success) throw new EnvironmentError(problems);
  return parsed.data;
}

function presentIn(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  for (const [name, other] of Object.entries(OTHER_NAMES)) {
    if (present[other] !== undefined) present[name] ??= present[other];
  }
  return present;
}

/** zod's own messages may quote the input; these never do. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `at least ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).filter(Boolean).join(', ')}`;
    case 'custom':
      return `expected are ${issue.message}`;
    default:
      return 'another form is expected';
  }
}

/** The names of all variables, for the documentation's test. */
export const ENVIRONMENT_VARIABLES = Object.keys(schema.shape);

/** Injection token of the checked configuration. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
