import { z } from 'zod';
import { demandsTls, libpqProblems } from './libpq.js';
import { ADOPTION } from './variables/adoption.js';
import { ANALYTICS } from './variables/analytics.js';
import { CERTIFICATES } from './variables/certificates.js';
import { COURSE_CHANGES } from './variables/course-changes.js';
import { DASHBOARD } from './variables/dashboard.js';
import { DATABASE } from './variables/database.js';
import { EDGE } from './variables/edge.js';
import { PERSONAL_DATA } from './variables/personal-data.js';
import { PLATFORM } from './variables/platform.js';
import { PROCESS } from './variables/process.js';
import { RATE_LIMITS } from './variables/rate-limits.js';
import { TOKENS } from './variables/tokens.js';
import { WATCHING } from './variables/watching.js';
import { WRITING } from './variables/writing.js';

/**
 * Every variable that the service reads. `docs/configuration.md` has a section for each of these, and is checked
 * against them by a test.
 */
const schema = z.object({
  ...PROCESS,
  ...DATABASE,
  ...ADOPTION,
  ...PLATFORM,
  ...TOKENS,
  ...EDGE,
  ...DASHBOARD,
  ...RATE_LIMITS,
  ...WRITING,
  ...WATCHING,
  ...CERTIFICATES,
  ...COURSE_CHANGES,
  ...ANALYTICS,
  ...PERSONAL_DATA,
});

export type Environment = z.infer<typeof schema>;

/** What is missing or out of range: names of variables and what is wrong, never a value. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

/** Names that are read where ours are not set: the platform's manifests and hosting services use them. */
const OTHER_NAMES = { DB_NAME_USER_PROGRESS: 'DB_NAME', PORT_USER_PROGRESS: 'PORT' };

const SECRETS = ['JWT_SECRET', 'CURSOR_SECRET'];
const SECRET_BYTES_MINIMUM = 32;

type Present = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the configuration, once.
 * @throws EnvironmentError with one line a variable.
 */
export function loadEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const present = presentIn(source);
  const parsed = schema.safeParse(present);
  const problems = oneEach(parsed.error?.issues ?? []).map((issue) => worded(issue, present));
  problems.push(...missing(present), ...unsafeInProduction(present), ...libpqProblems(present));
  if (problems.length > 0 || !parsed.success) throw new EnvironmentError(problems);
  return parsed.data;
}

/** The first issue of each variable. */
function oneEach(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return [
    ...new Map(issues.toReversed().map((issue) => [issue.path.join('.'), issue])).values(),
  ].toReversed();
}

/** What is required, though zod finds a default for it: lists, and one of two. */
function missing(present: Present): string[] {
  const problems: string[] = [];
  if (!present['NATS_URL']) problems.push('NATS_URL is not set');
  if (!present['JWT_SECRET'] && !present['JWKS_URL']) {
    problems.push('JWT_SECRET is not set (nor JWKS_URL)');
  }
  return problems;
}

function unsafeInProduction(present: Present): string[] {
  if (present['NODE_ENV'] !== 'production') return [];
  const problems = SECRETS.filter(
    (name) => present[name] && Buffer.byteLength(present[name]) < SECRET_BYTES_MINIMUM,
  ).map((name) => `${name} is too short: at least ${SECRET_BYTES_MINIMUM} bytes`);
  if (!present['POSTGRES_PASSWORD']) problems.push('POSTGRES_PASSWORD is not set');
  return problems;
}

/** Variables that are set: an empty one is not. */
function presentIn(source: NodeJS.ProcessEnv): Present {
  const present: Record<string, string | undefined> = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  for (const [name, other] of Object.entries(OTHER_NAMES)) {
    if (present[other] !== undefined) present[name] ??= present[other];
  }
  if (demandsTls(present)) present['DB_SSL'] ??= 'true';
  return present;
}

function worded(issue: z.core.$ZodIssue, present: Present): string {
  const name = issue.path.join('.');
  return name in present ? `${name} is not valid: ${expectation(issue)}` : `${name} is not set`;
}

/** zod's own messages may quote the input; these never do. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).filter(Boolean).join(', ')}`;
    case 'custom':
      return issue.message;
    default:
      return 'another form is expected';
  }
}

/** The names of all variables, for the documentation's test. */
export const ENVIRONMENT_VARIABLES = Object.keys(schema.shape);

/** Injection token of the checked configuration. */
export const ENVIRONMENT = Symbol('ENVIRONMENT');
