import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { isLeasedFor } from '../../common/background/lease.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { CertificateEvents } from '../../common/nats/subjects.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { logFields, type OutboxEntry } from '../outbox/outbox-entry.js';
import type { OutboxHandler, Outcome } from '../outbox/outbox-handler.js';
import { OutboxHandlers } from '../outbox/outbox-handlers.js';
import { RetryLaterError } from '../outbox/retry-later.error.js';
import { TOPICS } from '../outbox/topics.js';
import { CertificateCheck } from './certificate-check.js';
import { CertificateClient } from './certificate-client.js';
import { reasonOf } from './certificate-refusal.js';
import { certificateFailures } from './certificates.metrics.js';
import { CertificateRequestProxy } from './proxy/certificate-request.proxy.js';

/** Why a certificate that the original service may have got issued is not requested. */
const UNCHECKED =
  'It may have been issued before, and the certificate service cannot be asked whether it was.';

/** The parts of the lease: a probe, the check, the creation, and one as reserve. */
const LEASE_SHARES = 4;

/** Gets a certificate issued: exactly once, as far as the certificate service prevents duplicates or can be asked. */
@Injectable()
export class CertificateRequestHandler implements OutboxHandler, OnModuleInit {
  private readonly logger = new Logger(CertificateRequestHandler.name);
  private readonly timeoutMs: number;
  private readonly longestPauseSeconds: number;

  constructor(
    private readonly client: CertificateClient,
    private readonly check: CertificateCheck,
    private readonly nats: NatsService,
    private readonly proxy: CertificateRequestProxy,
    private readonly handlers: OutboxHandlers,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    // An attempt that outlives its lease could run at the same time as the next one.
    this.timeoutMs = Math.min(
      environment.NATS_REQUEST_TIMEOUT_MS,
      (environment.OUTBOX_LEASE_SECONDS * 1_000) / LEASE_SHARES,
    );
    this.longestPauseSeconds = environment.CERTIFICATE_RETRY_MAX_SECONDS;
  }

  onModuleInit(): void {
    this.handlers.register([TOPICS.certificateRequested], this);
  }

  ready(): boolean {
    return this.nats.canAsk('certificates');
  }

  /**
   * @throws PeerUnavailableError when the certificate service did not answer; RetryLaterError when it answered with an
   * error that may pass, or that may mean that the certificate exists.
   */
  async deliver(entry: OutboxEntry): Promise<Outcome> {
    const { mustCheck } = await this.proxy.markRequested(entry);
    try {
      return await this.obtain(entry, mustCheck);
    } catch (error) {
      if (!(error instanceof PeerUnavailableError) || error.reason !== 'failing') throw error;
      throw this.failed('failing', reasonOf(error.cause), error);
    }
  }

  private async obtain(entry: OutboxEntry, mustCheck: boolean): Promise<Outcome> {
    const { userId, courseId } = entry;
    // The learner may have one already: an earlier attempt may have succeeded, but its reply was lost.
    if (await this.check.holds(entry, this.timeoutMs)) return this.issued(entry);
    if (mustCheck && this.check.trust !== 'TRUSTED') throw this.failed('unchecked', UNCHECKED);
    // A process that was paused may have lost the row: another one may have got the certificate issued since.
    if (!isLeasedFor(entry, this.timeoutMs))
      throw new PeerUnavailableError('timeout', CertificateEvents.CREAE_CERTIFICATE);
    const outcome = await this.client.create(userId, courseId, this.timeoutMs);
    if (outcome.kind === 'issued') return this.issued(entry);
    if (outcome.kind === 'refused') return this.parked(entry, outcome.reason);
    // Words never prove it: they may be about something else that exists.
    if (await this.check.holds(entry, this.timeoutMs)) return this.issued(entry);
    throw this.failed('exists', outcome.reason);
  }

  private failed(kind: string, reason: string, cause?: unknown): RetryLaterError {
    certificateFailures.inc({ kind });
    return new RetryLaterError(reason, this.longestPauseSeconds, { cause });
  }

  private issued(entry: OutboxEntry): Outcome {
    const settle = async (): Promise<boolean> => {
      const settled = await this.proxy.settleIssued(entry);
      if (settled) this.logger.log({ msg: 'certificate issued', ...logFields(entry) });
      return settled;
    };
    return { kind: 'issued', settle };
  }

  private parked(entry: OutboxEntry, reason: string): Outcome {
    certificateFailures.inc({ kind: 'refused' });
    const settle = async (): Promise<boolean> => {
      const settled = await this.proxy.settleParked(entry, reason);
      if (settled) this.logger.warn({ msg: 'certificate parked', ...logFields(entry), reason });
      return settled;
    };
    return { kind: 'parked', settle };
  }
}
