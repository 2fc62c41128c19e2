import { SealedCursor } from '../../common/graphql/sealed-cursor.js';
import type { CourseKey } from '../course-catalog/course-key.js';
import type { CertificateFilter } from './proxy/certificate.proxy.js';

/** Cursors of a list of certificates: the certificate's key, for one person and filter. */
export class CertificateCursor {
  private readonly cursors: SealedCursor;

  constructor(secret: string) {
    this.cursors = new SealedCursor(secret, 'certificate cursor');
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
