import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import { CertificateClient } from './certificate-client.js';
import { certificateCheckTrusted } from './certificates.metrics.js';

/** Whether the certificate service's check can be trusted. `UNKNOWN` is not trusted. */
export type CheckTrust = 'UNKNOWN' | 'TRUSTED' | 'UNTRUSTED';

/** How long a check that lied is not tried again, however many certificates wait. */
const PROBE_AGAIN_AFTER_MS = 5_000;

/**
 * The certificate service's word on which certificates exist, believed as far as it can be. Some services say 'exists'
 * whatever they are asked: so they are also asked for a pair that nobody ever had, and those who say 'exists' of that are
 * believed in nothing.
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

  /** As last seen by this process. */
  get trust(): CheckTrust {
    return this.state;
  }

  /**
   * Whether the learner holds the certificate already. False also where the check cannot be trusted.
   * @throws PeerUnavailableError where that cannot be found out, or whether the check can be trusted.
   */
  async holds({ userId, courseId }: CourseKey, timeoutMs: number): Promise<boolean> {
    if (!(await this.canBeAsked(timeoutMs))) return false;
    if (!(await this.client.exists(userId, courseId, timeoutMs))) return false;
    // What was honest when it was last tried may have been replaced since: only a probe that is asked later vouches.
    return (await this.tryOut(timeoutMs)) === 'TRUSTED';
  }

  /** Finds out whether the check can be trusted. @throws PeerUnavailableError where that cannot be found out. */
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
      // A check that was honest may still be asked: what it says exists needs a probe that is answered.
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
