import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../../../common/errors/service-error.js';
import type { CourseKey } from '../../course-catalog/course-key.js';
import { OutboxDispatcher } from '../../outbox/outbox-dispatcher.service.js';
import type { StoredCertificate } from '../certificate.js';
import { CertificateProxy } from '../proxy/certificate.proxy.js';

/** Requests parked certificates again. */
@Injectable()
export class CertificateReplayFacade {
  constructor(
    private readonly proxy: CertificateProxy,
    private readonly dispatcher: OutboxDispatcher,
  ) {}

  /** @throws NotFoundError `certificateNotFound`; ConflictError `certificateNotParked` */
  async replay(key: CourseKey): Promise<StoredCertificate> {
    const replayed = await this.proxy.replay(key);
    if (!replayed) {
      const certificate = await this.proxy.find(key);
      if (certificate) throw new ConflictError('certificateNotParked');
      throw new NotFoundError('certificateNotFound');
    }
    this.dispatcher.nudge();
    return replayed;
  }
}
