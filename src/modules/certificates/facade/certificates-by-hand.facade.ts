import { Injectable, Logger } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../../../common/errors/service-error.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { OutboxDispatcher } from '../../outbox/outbox-dispatcher.service.js';
import type { StoredCertificate } from '../certificate.js';
import { CertificateProxy } from '../proxy/certificate.proxy.js';

/** What an administrator does with a certificate that the service does not get issued by itself. */
@Injectable()
export class CertificatesByHandFacade {
  private readonly logger = new Logger(CertificatesByHandFacade.name);

  constructor(
    private readonly proxy: CertificateProxy,
    private readonly dispatcher: OutboxDispatcher,
  ) {}

  /**
   * A parked certificate gets another chance.
   * @throws NotFoundError `certificateNotFound`; ConflictError `certificateNotParked`
   */
  async replay(key: CourseKey): Promise<StoredCertificate> {
    const replayed = await this.found(
      key,
      this.proxy.replay(key),
      new ConflictError('certificateNotParked'),
    );
    this.dispatcher.nudge();
    return replayed;
  }

  /**
   * It is requested no more, until it is replayed.
   * @throws NotFoundError `certificateNotFound`; ConflictError `certificateNotRequested`
   */
  async park(key: CourseKey, administratorId: string): Promise<StoredCertificate> {
    const parked = await this.found(
      key,
      this.proxy.park(key),
      new ConflictError('certificateNotRequested'),
    );
    this.logger.warn({ msg: 'certificate parked by hand', ...key, administratorId });
    return parked;
  }

  /**
   * It is issued, as the administrator has seen at the certificate service; others are told.
   * @throws NotFoundError `certificateNotFound`; ConflictError `certificateIssued`
   */
  async confirm(key: CourseKey, administratorId: string): Promise<StoredCertificate> {
    const confirming = this.proxy.confirm(key, administratorId);
    const confirmed = await this.found(key, confirming, new ConflictError('certificateIssued'));
    this.logger.log({ msg: 'certificate confirmed by hand', ...key, administratorId });
    this.dispatcher.nudge();
    return confirmed;
  }

  private async found(
    key: CourseKey,
    changing: Promise<StoredCertificate | null>,
    otherwise: ConflictError,
  ): Promise<StoredCertificate> {
    const changed = await changing;
    if (changed) return changed;
    if (await this.proxy.find(key)) throw otherwise;
    throw new NotFoundError('certificateNotFound');
  }
}
