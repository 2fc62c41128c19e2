import { Injectable } from '@nestjs/common';
import { answer } from '../../common/graphql/answers.js';
import { connectionOf } from '../../common/graphql/connection.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import { CertificateCursor } from './certificate-cursor.js';
import { CertificateCheck } from './certificate-check.js';
import type { StoredCertificate } from './certificate.js';
import type { Certificate, CertificateStatus } from './dtos/certificate.dto.js';
import type {
  CertificateConnection,
  CertificateResponse,
  CertificateStatusResponse,
} from './dtos/responses.dto.js';
import { CertificateBlockers, type Explanation } from './facade/certificate-blockers.facade.js';
import { CertificatesByHandFacade } from './facade/certificates-by-hand.facade.js';
import type { CertificateFilterInput } from './inputs/certificate-filter.input.js';
import { CertificateProxy, type CertificateFilter } from './proxy/certificate.proxy.js';

/** Certificates for people who may see or replay them. Every method asks the access policy first. */
@Injectable()
export class CertificatesService {
  constructor(
    private readonly proxy: CertificateProxy,
    private readonly blockers: CertificateBlockers,
    private readonly check: CertificateCheck,
    private readonly byHand: CertificatesByHandFacade,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    private readonly cursors: CertificateCursor,
  ) {}

  async status(asker: Asker, key: CourseKey): Promise<CertificateStatusResponse> {
    await this.policy.authorize(asker.identity, 'certificateStatus', key);
    const certificate = await this.proxy.find(key);
    const data = certificate
      ? { ...toDto(certificate), missing_lessons: 0, blockers: [] }
      : notEarned(key, await this.blockers.explain(key));
    return answer(this.messages, asker, 'certificateFound', { data });
  }

  async list(
    asker: Asker,
    input: CertificateFilterInput | null,
    first: number,
    after: string | null,
  ): Promise<CertificateConnection> {
    const filter: CertificateFilter = {
      userId: input?.userId ?? undefined,
      courseId: input?.courseId ?? undefined,
      status: input?.status ?? undefined,
    };
    await this.policy.authorize(asker.identity, 'certificates', filter);
    const { userId } = asker.identity;
    const start = after === null ? null : this.cursors.open(after, userId, filter);
    // One more than asked for shows whether there is a next page.
    const certificates = await this.proxy.list(filter, first + 1, start);
    return answer(this.messages, asker, 'certificatesListed', {
      checkTrust: this.check.trust,
      ...connectionOf(certificates, { first, after }, (certificate) => ({
        cursor: this.cursors.seal(certificate, userId, filter),
        node: toDto(certificate),
      })),
    });
  }

  async replay(asker: Asker, key: CourseKey): Promise<CertificateResponse> {
    await this.policy.authorize(asker.identity, 'replayCertificate', key);
    const certificate = await this.byHand.replay(key);
    return answer(this.messages, asker, 'certificateReplayed', { data: toDto(certificate) });
  }

  async park(asker: Asker, key: CourseKey): Promise<CertificateResponse> {
    await this.policy.authorize(asker.identity, 'parkCertificate', key);
    const certificate = await this.byHand.park(key, asker.identity.userId);
    return answer(this.messages, asker, 'certificateParked', { data: toDto(certificate) });
  }

  async confirm(asker: Asker, key: CourseKey): Promise<CertificateResponse> {
    await this.policy.authorize(asker.identity, 'confirmCertificate', key);
    const certificate = await this.byHand.confirm(key, asker.identity.userId);
    return answer(this.messages, asker, 'certificateConfirmed', { data: toDto(certificate) });
  }
}

const toDto = (certificate: StoredCertificate): Certificate => ({
  userId: certificate.userId,
  courseId: certificate.courseId,
  status: certificate.status,
  completed_at: certificate.completedAt,
  requested_at: certificate.requestedAt,
  issued_at: certificate.issuedAt,
  reason: certificate.reason,
  attempts: certificate.attempts,
});

const notEarned = (
  { userId, courseId }: CourseKey,
  { reason, missingLessons, blockers }: Explanation,
): CertificateStatus => ({
  userId,
  courseId,
  status: 'NOT_EARNED',
  completed_at: null,
  requested_at: null,
  issued_at: null,
  reason,
  attempts: null,
  missing_lessons: missingLessons,
  blockers: blockers.map(({ lessonId, title, coveragePercentage, missingSeconds }) => ({
    lessonId,
    title,
    completed: false,
    coverage_percentage: coveragePercentage,
    missing_seconds: missingSeconds,
  })),
});
