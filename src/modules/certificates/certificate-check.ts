import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import { CertificateClient } from './certificate-client.js';
import { certificateCheckTrusted } from './certificates.metrics.js';

/** Whether the certificate service's check can be trusted. `UNKNOWN` is not trusted. */
export type CheckTrust = 'UNKNOWN' | 'TRUSTED' | 'UNTRUSTED';

/** How long a check that gave a false answer is not probed again, however many certificates wait. */
const PROBE_AGAIN_AFTER_MS = 5_000;

/**
 * Asks the certificate service which certificates exist, as far as its answer can be trusted. Some services answer
 * 'exists' to every question. So it is also asked about an invented pair: a service that says 'exists' for that pair is
 * not trusted at all.
 */
@Injectable()
export class CertificateCheck {
  private readonly logger = new Logger(CertificateCheck.name);
  private readonly nobody = inventPair();
  private readonly ignored: boolean;
  private state: CheckTrust = 'UNKNOWN';
  private probedAt = 0;
  private probing: Promise<CheckTrust> | null = null;

  constructor(
    private readonly client: CertificateClient,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.ignored = environment.CERTIFICATE_CHECK === 'ignore';
    if (this.ignored) this.state = 'UNTRUSTED';
    certificateCheckTrusted.set(0);
  }

  /** The last result in this process. */
  get trust(): CheckTrust {
    return this.state;
  }

  /**
   * Whether the learner already has the certificate. Also false when the check cannot be trusted.
   * @throws PeerUnavailableError when the answer, or whether to trust it, cannot be found out.
   */
  async holds({ userId, courseId }: CourseKey, timeoutMs: number): Promise<boolean> {
    if (!(await this.canBeAsked(timeoutMs))) return false;
    if (!(await this.client.exists(userId, courseId, timeoutMs))) return false;
    // The service may have been replaced since the last probe. Only a probe after this answer can confirm it.
    return (await this.tryOut(timeoutMs)) === 'TRUSTED';
  }

  /** Finds out whether the check can be trusted. @throws PeerUnavailableError when that cannot be found out. */
  probe(timeoutMs?: number): Promise<CheckTrust> {
    if (this.ignored) return Promise.resolve(this.state);
    this.probing ??= this.tryOut(timeoutMs).finally(() => {
      this.probing = null;
    });
    return this.probing;
  }

  private async canBeAsked(timeoutMs: number): Promise<boolean> {
    const rested = performance.now() - this.probedAt > PROBE_AGAIN_AFTER_MS;
    if (this.state === 'UNKNOWN' || (this.state === 'UNTRUSTED' && rested)) {
      return (await this.probe(timeoutMs)) === 'TRUSTED';
    }
    return this.state === 'TRUSTED';
  }

  private async tryOut(timeoutMs?: number): Promise<CheckTrust> {
    const { userId, courseId } = this.nobody;
    try {
      const exists = await this.client.exists(userId, courseId, timeoutMs);
      return this.enter(exists ? 'UNTRUSTED' : 'TRUSTED');
    } catch (error) {
      // A trusted check may still be asked: when it says 'exists', `holds` needs another probe, which must be answered.
      if (this.state !== 'TRUSTED') this.enter('UNKNOWN');
      throw error;
    }
  }

  private enter(state: CheckTrust): CheckTrust {
    this.probedAt = performance.now();
    if (state === this.state) return state;
    this.state = state;
    certificateCheckTrusted.set(state === 'TRUSTED' ? 1 : 0);
    if (state === 'UNTRUSTED') {
      this.logger.warn({ msg: 'certificate check says exists of what does not: not trusted' });
    } else {
      this.logger.log({ msg: 'certificate check tried out', trust: state });
    }
    return state;
  }
}

/** A learner and a course that cannot have a certificate, with ids of the platform's forms: a ULID and an ObjectId. */
const inventPair = (): CourseKey => ({
  userId: `0${randomBytes(13).toString('hex').toUpperCase().slice(0, 25)}`,
  courseId: randomBytes(12).toString('hex'),
});
