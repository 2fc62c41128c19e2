import type { TestingModule } from '@nestjs/testing';
import { startPeers, type Peers } from '../../sandbox/peers/index.ts';
import { CertificateRequestsModule } from '../../src/modules/certificates/certificate-requests.module.js';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startModules } from './modules.ts';
import { startNatsServer, type NatsServer } from './nats.ts';
import { certificateOf, requestCertificate } from './outbox.ts';
import { waitFor } from './wait-for.ts';

export const COURSE = '6740a1f0c3d2e4b5a6978801';

let server: NatsServer;
let database: TestDatabase;
let peers: Peers;
const started: TestingModule[] = [];

export interface OutboxStage {
  readonly server: NatsServer;
  readonly database: TestDatabase;
  readonly peers: Peers;
}

/** A database, a nats-server and peers, for one test. */
export async function openStage(): Promise<OutboxStage> {
  [server, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  peers = await startPeers({ natsUrl: server.url });
  return { server, database, peers };
}

export async function closeStage(): Promise<void> {
  await stop();
  await peers.close();
  await Promise.all([server.stop(), database.drop()]);
}

/** A process that delivers the outbox. */
export async function start(
  environment: Partial<NodeJS.ProcessEnv> = {},
  state: { connected?: boolean } = {},
): Promise<TestingModule> {
  const modules = await startModules(
    {
      nats: server,
      database,
      imports: [CertificateRequestsModule],
      environment: {
        NATS_REQUEST_TIMEOUT_MS: '150',
        NATS_BREAKER_RESET_MS: '100',
        OUTBOX_POLL_MS: '30',
        OUTBOX_LEASE_SECONDS: '2',
        OUTBOX_BACKOFF_MAX_SECONDS: '1',
        ...environment,
      },
    },
    state,
  );
  started.push(modules);
  return modules;
}

/** Stops everything that was started. */
export async function stop(): Promise<void> {
  await Promise.all(started.splice(0).map((modules) => modules.close()));
}

export const learners = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
export const requestFor = async (users: string[]) => {
  for (const user of users) await requestCertificate(database, user, COURSE);
};
export const statusOf = async (user: string) =>
  (await certificateOf(database, user, COURSE))?.status;
export const issuedTo = () => peers.certificates.issued.map(({ userId }) => userId).sort();
/** The requests to issue a certificate, without the checks before them. */
export const creations = () =>
  peers.certificates.requests.filter(({ subject }) => subject === 'certificate.createCertificate');
export const attemptsOf = async (user: string) =>
  (
    await database.pool.query<{ attempts: number }>(
      'SELECT attempts FROM outbox WHERE user_id = $1',
      [user],
    )
  ).rows[0]?.attempts;
export const untilAllIssued = (users: string[]) =>
  waitFor(
    async () => {
      const { rows } = await database.pool.query(
        `SELECT 1 FROM certificate WHERE status = 'ISSUED'`,
      );
      return rows.length === users.length;
    },
    { message: 'all certificates are issued', timeoutMs: 18_000 },
  );
