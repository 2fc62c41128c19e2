import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { isLeasedFor } from '../../common/background/lease.js';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { CertificateEvents } from '../../common/nats/subjects.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { logFields, type OutboxEntry } from '../outbox/outbox-entry.js';
import type { OutboxHandler, Outcome } from '../outbox/outbox-handler.js';
import { OutboxHandlers } from '../outbox/outbox-handlers.js';
import { TOPICS } from '../outbox/topics.js';
import { CertificateClient } from './certificate-client.js';
import { CertificateRequestProxy } from './proxy/certificate-request.proxy.js';

/** The requests of one attempt, plus one share of the lease as reserve. */
const LEASE_SHARES = 3;

/** Gets a certificate issued: exactly once, as far as the certificate service can tell. */
@Injectable()
export class CertificateRequestHandler implements OutboxHandler, OnModuleInit {
  private readonly logger = new Logger(CertificateRequestHandler.name);
  private readonly timeoutMs: number;

  constructor(
    private readonly client: CertificateClient,
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
  }

  onModuleInit(): void {
    this.handlers.register([TOPICS.certificateRequested], this);
  }

  ready(): boolean {
    return this.nats.canAsk('certificates');
  }

  /** @throws PeerUnavailableError when the outcome is not certain. */
  async deliver(entry: OutboxEntry): Promise<Outcome> {
    const { userId, courseId, attempts } = entry;
    await this.proxy.markRequested(entry);
    // An earlier attempt may have succeeded, but its reply was lost or its process was killed.
    if (attempts > 1 && (await this.client.exists(userId, courseId, this.timeoutMs))) {
      return this.issued(entry);
    }
    // A process that was paused may have lost the row: another one may have got the certificate issued since.
    if (!isLeasedFor(entry, this.timeoutMs))
      throw new PeerUnavailableError('timeout', CertificateEvents.CREAE_CERTIFICATE);
    const outcome = await this.client.create(userId, courseId, this.timeoutMs);
    return outcome.kind === 'refused' ? this.parked(entry, outcome.reason) : this.issued(entry);
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
    const settle = async (): Promise<boolean> => {
      const settled = await this.proxy.settleParked(entry, reason);
      if (settled) this.logger.warn({ msg: 'certificate parked', ...logFields(entry), reason });
      return settled;
    };
    return { kind: 'parked', settle };
  }
}
