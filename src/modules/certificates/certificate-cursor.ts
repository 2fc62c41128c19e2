import { Injectable } from '@nestjs/common';
import { CursorSecret } from '../../common/cursors/cursor-secret.js';
import type { SealedCursor } from '../../common/cursors/sealed-cursor.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import type { CertificateFilter } from './proxy/certificate.proxy.js';

/** Cursors of a list of certificates: the certificate's key, for one person and filter. */
@Injectable()
export class CertificateCursor {
  private readonly cursors: SealedCursor;

  constructor(secret: CursorSecret) {
    this.cursors = secret.cursorsOf('certificate cursor');
  }

  seal({ userId, courseId }: CourseKey, askerId: string, filter: CertificateFilter): string {
    return this.cursors.seal(Buffer.from(`${userId} ${courseId}`), madeFor(askerId, filter));
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, askerId: string, filter: CertificateFilter): CourseKey {
    const [userId = '', courseId = ''] = this.cursors
      .open(cursor, madeFor(askerId, filter))
      .toString()
      .split(' ');
    return { userId, courseId };
  }
}

const madeFor = (askerId: string, filter: CertificateFilter): unknown[] => [
  askerId,
  filter.userId,
  filter.courseId,
  filter.status,
];
