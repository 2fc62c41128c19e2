import pg from 'pg';
import { SANDBOX } from '../catalogue.ts';
import type { CertificatesPeer } from '../peers/certificates.ts';
import { signToken } from '../token.ts';
import { CROWD, PAST_LEARNERS } from './crowd.ts';
import { WEEKS } from './behaviour/enrolment.ts';
import { PAST_COURSES } from './courses.ts';
import type { Plan } from './plan.ts';
import { storeHistory } from './store-history.ts';

/** A history that is to be stored once the service is ready. */
export interface DueHistory {
  plan: Plan;
  connection: pg.ClientConfig;
  certificates: CertificatesPeer;
  /** Signs tokens. */
  secret: string;
}

const REFRESH = 'mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { message } }';

/** Stores the history while the service runs, and says so. `stop` interrupts it; the next start goes on. */
export function storeInBackground(due: DueHistory, address: string): { stop(): Promise<void> } {
  const interruption = new AbortController();
  const stored = store(due, address, interruption.signal).catch((error: unknown) => {
    if (!interruption.signal.aborted) console.error('The history was not stored:', error);
  });
  return {
    stop() {
      interruption.abort();
      return stored;
    },
  };
}

async function store(
  { plan, connection, certificates, secret }: DueHistory,
  address: string,
  signal: AbortSignal,
): Promise<void> {
  const begunAt = performance.now();
  console.log(
    `Adding what some ${CROWD.length.toLocaleString('en')} learners did in ${PAST_COURSES.length} courses in the last ${WEEKS} weeks, in the background …`,
  );
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const refreshCourse = refreshing(address, await signToken(SANDBOX.administrator, secret));
    const parts = { learners: PAST_LEARNERS, database: client, certificates, refreshCourse };
    await storeHistory(plan, parts, signal);
  } finally {
    await client.end();
  }
  const seconds = Math.round((performance.now() - begunAt) / 1_000);
  console.log(`The history is complete, after ${seconds} s: the figures of analytics have it.`);
}

/** @throws Error when the service refuses */
const refreshing = (address: string, token: string) => async (courseId: string) => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: REFRESH, variables: { courseId } }),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors) throw new Error(`course ${courseId} was not stored: ${JSON.stringify(errors)}`);
};
