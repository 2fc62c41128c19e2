import { Injectable, Logger } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../../../common/errors/service-error.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { OutboxDispatcher } from '../../outbox/outbox-dispatcher.service.js';
import type { StoredCertificate } from '../certificate.js';
import { CertificateProxy } from '../proxy/certificate.proxy.js';

/** What an administrator can do with a certificate that the service cannot get issued by itself. */
@Injectable()
export class CertificatesByHandFacade {
  private readonly logger = new Logger(CertificatesByHandFacade.name);

  constructor(
    private readonly proxy: CertificateProxy,
    private readonly dispatcher: OutboxDispatcher,
  ) {}

  /**
   * Requests a parked certificate again.
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
   * Stops requesting a certificate until it is replayed.
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
   * Marks a certificate as issued, since the administrator has seen it at the certificate service. Appends the event.
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
