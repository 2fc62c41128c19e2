import { Inject, Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CertificateClient } from './certificate-client.js';
import type { OutboxEntry, OutboxHandler, Outcome } from './outbox-entry.js';

/** Requests in one attempt, and one share of the lease to spare. */
const LEASE_SHARES = 3;

/** Has a certificate issued, exactly once as far as the certificate service can be asked. */
@Injectable()
export class CertificateRequestHandler implements OutboxHandler {
  private readonly timeoutMs: number;

  constructor(
    private readonly client: CertificateClient,
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    // An attempt that outlives its lease would meet the next one at the certificate service.
    this.timeoutMs = Math.min(
      environment.NATS_REQUEST_TIMEOUT_MS,
      (environment.OUTBOX_LEASE_SECONDS * 1_000) / LEASE_SHARES,
    );
  }

  ready(): boolean {
    return this.nats.canAsk('certificates');
  }

  /** @throws PeerUnavailableError when the outcome is not certain. */
  async deliver({ userId, courseId, attempts }: OutboxEntry): Promise<Outcome> {
    // An earlier attempt may have succeeded and its reply been lost, or its process killed.
    if (attempts > 1 && (await this.client.exists(userId, courseId, this.timeoutMs))) {
      return { kind: 'issued' };
    }
    const outcome = await this.client.create(userId, courseId, this.timeoutMs);
    return outcome.kind === 'refused'
      ? { kind: 'parked', reason: outcome.reason }
      : { kind: 'issued' };
  }
}
