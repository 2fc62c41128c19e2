import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { loadEnvironment } from '../../config/environment.js';
import { registry } from '../../common/metrics/registry.js';
import { CertificateCheck } from './certificate-check.js';
import type { CertificateClient } from './certificate-client.js';

const LEARNER = { userId: 'u1', courseId: 'c1' };
const TIMEOUT_MS = 100;

/** The pairs that the certificate service was asked about. */
let asked: { userId: string; courseId: string }[];
/** Its answers: for the learner, and for any other pair. */
let says: (userId: string) => boolean | Error;

Logger.overrideLogger(false);
beforeEach(() => {
  asked = [];
});

function check(environment: NodeJS.ProcessEnv = {}): CertificateCheck {
  const client: Pick<CertificateClient, 'exists'> = {
    exists: (userId, courseId) => {
      asked.push({ userId, courseId });
      const answer = says(userId);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return new CertificateCheck(
    client as CertificateClient,
    loadEnvironment({
      ...{ NODE_ENV: 'test', NATS_URL: 'nats://x', JWT_SECRET: 'x', DB_HOST: 'x' },
      ...{ POSTGRES_USER: 'x', DB_NAME_USER_PROGRESS: 'x', ...environment },
    }),
  );
}

const away = () => new PeerUnavailableError('timeout', 'certificate.checkCertificateExisted');
const gauge = async () =>
  (await registry.getSingleMetric('progress_certificate_check_trusted')!.get()).values[0]!.value;

describe('a check that is honest', () => {
  it('is believed, and asked of a pair of the platform’s forms first', async () => {
    says = (userId) => userId === 'u1';
    const honest = check();
    await expect(honest.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(true);
    expect(honest.trust).toBe('TRUSTED');
    await expect(gauge()).resolves.toBe(1);
    expect(asked[0]!.userId).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(asked[0]!.courseId).toMatch(/^[0-9a-f]{24}$/);
  });

  it('is tried out once, not before each question', async () => {
    says = () => false;
    const honest = check();
    await Promise.all([honest.holds(LEARNER, TIMEOUT_MS), honest.holds(LEARNER, TIMEOUT_MS)]);
    await honest.holds(LEARNER, TIMEOUT_MS);
    expect(asked.filter(({ userId }) => userId !== 'u1')).toHaveLength(1);
  });

  it('is believed no more from the moment that it says exists of everybody', async () => {
    says = () => false;
    const replaced = check();
    await replaced.probe();
    says = () => true;
    await expect(replaced.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(false);
    expect(replaced.trust).toBe('UNTRUSTED');
    await expect(gauge()).resolves.toBe(0);
  });

  it('settles nothing where nobody vouches for what it says', async () => {
    says = () => false;
    const honest = check();
    await honest.probe();
    says = (userId) => (userId === 'u1' ? true : away());
    await expect(honest.holds(LEARNER, TIMEOUT_MS)).rejects.toThrow(PeerUnavailableError);
  });
});

describe('a check that says exists of everybody', () => {
  it('is not believed, and not asked again and again', async () => {
    says = () => true;
    const liar = check();
    await expect(liar.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(false);
    await expect(liar.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(false);
    expect(liar.trust).toBe('UNTRUSTED');
    expect(asked).toHaveLength(1);
  });

  it('is believed again once it proves honest', async () => {
    says = () => true;
    const mended = check();
    await mended.probe();
    says = (userId) => userId === 'u1';
    await mended.probe();
    await expect(mended.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(true);
  });
});

describe('a check that cannot be tried out', () => {
  it('is not trusted, and leaves it open whether the certificate exists', async () => {
    says = away;
    const unknown = check();
    await expect(unknown.holds(LEARNER, TIMEOUT_MS)).rejects.toThrow(PeerUnavailableError);
    expect(unknown.trust).toBe('UNKNOWN');
    await expect(gauge()).resolves.toBe(0);
    says = () => false;
    await expect(unknown.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(false);
    expect(unknown.trust).toBe('TRUSTED');
  });

  it('is not asked at all where the configuration says so', async () => {
    const ignored = check({ CERTIFICATE_CHECK: 'ignore' });
    await ignored.probe();
    await expect(ignored.holds(LEARNER, TIMEOUT_MS)).resolves.toBe(false);
    expect(asked).toEqual([]);
  });
});
