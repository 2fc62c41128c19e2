import type { TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addToOutbox,
  createTestDatabase,
  type TestDatabase,
  startModules,
  startNatsServer,
  type NatsServer,
  certificateOf,
  requestCertificate,
  waitFor,
} from '../../../test/for-specs.ts';
import { startPeers, type Peers } from '../../../sandbox/peers/index.ts';
import { registry } from '../../common/metrics/registry.js';
import { CertificateCheck } from './certificate-check.js';
import { CertificateRequestsModule } from './certificate-requests.module.js';

const COURSE = '6740a1f0c3d2e4b5a6978801';

let server: NatsServer;
let database: TestDatabase;
let peers: Peers;
let modules: TestingModule;

beforeEach(async () => {
  [server, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  peers = await startPeers({ natsUrl: server.url });
});
afterEach(async () => {
  await modules.close();
  await peers.close();
  await Promise.all([server.stop(), database.drop()]);
});

async function start(environment: NodeJS.ProcessEnv = {}): Promise<CertificateCheck> {
  modules = await startModules({
    nats: server,
    database,
    imports: [CertificateRequestsModule],
    environment: {
      NATS_REQUEST_TIMEOUT_MS: '500',
      OUTBOX_POLL_MS: '30',
      OUTBOX_BACKOFF_MAX_SECONDS: '1',
      CERTIFICATE_RETRY_MAX_SECONDS: '1',
      ...environment,
    },
  });
  return modules.get(CertificateCheck);
}

const until = (status: string) =>
  waitFor(async () => (await certificateOf(database, 'u1', COURSE))?.status === status, {
    message: `it is ${status}`,
  });
const untilTried = (times: number) =>
  waitFor(
    async () => {
      const { rows } = await database.pool.query<{ last_error: string }>(
        'SELECT last_error FROM outbox WHERE attempts > $1 AND last_error IS NOT NULL',
        [times],
      );
      return rows[0]?.last_error;
    },
    { message: `it was tried ${times} times` },
  );
const creations = () =>
  peers.certificates.requests.filter(({ subject }) => subject === 'certificate.createCertificate');

describe('a certificate service that says exists of everybody', () => {
  beforeEach(() => {
    peers.certificates.canBeAsked = false;
  });

  it('issues what it creates, once', async () => {
    await start();
    await requestCertificate(database, 'u1', COURSE);
    await until('ISSUED');
    expect(peers.certificates.issued).toHaveLength(1);
  });

  it('has issued nothing by an error that may mean exists already: that stays requested, with its reason', async () => {
    peers.certificates.refuse = () => 'Internal server error';
    const check = await start();
    await waitFor(() => check.trust === 'UNTRUSTED', { message: 'the check is seen through' });
    await requestCertificate(database, 'u1', COURSE);
    await expect(untilTried(2)).resolves.toBe('Internal server error');
    await expect(certificateOf(database, 'u1', COURSE)).resolves.toMatchObject({
      status: 'REQUESTED',
      issued_at: null,
    });
    expect(await registry.metrics()).toMatch(
      /progress_certificate_failures_total\{kind="failing"\} [1-9]/,
    );

    peers.certificates.refuse = () => null;
    await until('ISSUED');
    expect(peers.certificates.issued).toHaveLength(1);
  });

  it('is not believed in words either', async () => {
    peers.certificates.refuse = () => 'Certificate already exists';
    await start();
    await requestCertificate(database, 'u1', COURSE);
    await expect(untilTried(1)).resolves.toBe('Certificate already exists');
    await expect(certificateOf(database, 'u1', COURSE)).resolves.toMatchObject({
      status: 'REQUESTED',
    });
  });

  it('is not requested one that may have been issued before this service was there, until it is mended', async () => {
    await database.pool.query(
      `INSERT INTO certificate (user_id, course_id, completed_at, must_check)
       VALUES ('u1', '${COURSE}', now(), true)`,
    );
    await addToOutbox(database, 'certificate.requested', 'u1', COURSE);
    await start();
    await expect(untilTried(1)).resolves.toMatch(/may have been issued before/);
    expect(creations()).toEqual([]);

    peers.certificates.canBeAsked = true;
    await modules.get(CertificateCheck).probe();
    await until('ISSUED');
    expect(peers.certificates.issued).toHaveLength(1);
  });

  it('is believed once it is mended, without a restart', async () => {
    const check = await start({ OUTBOX_POLL_MS: '600000' });
    await waitFor(() => check.trust === 'UNTRUSTED', { message: 'the check is seen through' });
    peers.certificates.canBeAsked = true;
    await server.restart();
    await waitFor(() => check.trust === 'TRUSTED', { message: 'it is tried out on reconnecting' });
  });
});

describe('a certificate service that can be asked', () => {
  it('parks a refusal that speaks of something else that exists', async () => {
    peers.certificates.refuse = () => 'An existing payment dispute blocks this course';
    await start();
    await requestCertificate(database, 'u1', COURSE);
    await until('PARKED');
  });

  it('is asked again where it says in words that it exists, and not taken at its word', async () => {
    peers.certificates.refuse = () => 'This learner already has a payment dispute';
    await start();
    await requestCertificate(database, 'u1', COURSE);
    await untilTried(1);
    await expect(certificateOf(database, 'u1', COURSE)).resolves.toMatchObject({
      status: 'REQUESTED',
    });
    peers.certificates.refuse = () => null;
    await until('ISSUED');
  });

  it('parks a refusal with U+0000, readable', async () => {
    peers.certificates.refuse = () => 'banned\u0000 since May';
    await start();
    await requestCertificate(database, 'u1', COURSE);
    await until('PARKED');
    await expect(certificateOf(database, 'u1', COURSE)).resolves.toMatchObject({
      reason: 'banned  since May',
    });
  });
});

it('a certificate service whose check does not answer issues nothing, unless it is not to be asked', async () => {
  peers.certificates.garble = (reply) => reply.replace('"exists":', '"exist":');
  await start();
  await requestCertificate(database, 'u1', COURSE);
  await expect(untilTried(1)).resolves.toContain(
    'checkCertificateExisted is unavailable: malformed',
  );
  expect(creations()).toEqual([]);
  await modules.close();
  await start({ CERTIFICATE_CHECK: 'ignore' });
  await until('ISSUED');
});
