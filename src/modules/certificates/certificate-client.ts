import { Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { isRecord } from '../../common/is-record.js';
import { CertificateEvents } from '../../common/nats/subjects.js';
import { readRefusal, reasonOf } from './certificate-refusal.js';

/** `exists`: the certificate service said so in words, which prove nothing. `reason`: these words. */
export type CreateOutcome =
  { kind: 'issued' } | { kind: 'exists'; reason: string } | { kind: 'refused'; reason: string };

/**
 * Asks the certificate service. Both methods throw PeerUnavailableError when the outcome is not certain. When the
 * service answered with an error, that error is its cause.
 */
@Injectable()
export class CertificateClient {
  constructor(private readonly nats: NatsService) {}

  async create(userId: string, courseId: string, timeoutMs?: number): Promise<CreateOutcome> {
    const subject = CertificateEvents.CREAE_CERTIFICATE;
    const request = { createCertificateInput: { userId, courseId } };
    const answer = await this.nats.request(subject, request, { timeoutMs });
    if (answer.kind === 'refused') return settled(subject, answer.error);

    if (!isRecord(answer.value)) throw new PeerUnavailableError('malformed', subject);
    const { success, data } = answer.value;
    if (success === true || (success === undefined && isRecord(data))) return { kind: 'issued' };
    if (success === false) return settled(subject, answer.value);
    throw new PeerUnavailableError('malformed', subject);
  }

  async exists(userId: string, courseId: string, timeoutMs?: number): Promise<boolean> {
    const subject = CertificateEvents.CHECK_CERTIFICATE_EXISTED;
    const request = { studentId: userId, courseId };
    const answer = await this.nats.request(subject, request, { timeoutMs });
    if (answer.kind === 'refused') return settled(subject, answer.error).kind === 'exists';

    if (answer.value === null) return false;
    const value = isRecord(answer.value) ? answer.value : {};
    if (value['success'] === false) return settled(subject, value).kind === 'exists';
    const exists =
      value['exists'] ?? (isRecord(value['data']) ? value['data']['exists'] : undefined);
    if (typeof exists !== 'boolean') throw new PeerUnavailableError('malformed', subject);
    return exists;
  }
}

/** A peer that reports its own failure counts as unavailable. */
function settled(subject: string, error: unknown): Exclude<CreateOutcome, { kind: 'issued' }> {
  const refusal = readRefusal(error);
  if (refusal.kind === 'failing')
    throw new PeerUnavailableError('failing', subject, { cause: error });
  return { kind: refusal.kind, reason: reasonOf(error) };
}
