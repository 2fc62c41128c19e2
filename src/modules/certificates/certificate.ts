import type { CourseKey } from '../course-catalog/course-key.js';
import type { CertificateState } from './entity/certificate.entity.js';

/** A row of `certificate`, and how far its request is. */
export interface StoredCertificate extends CourseKey {
  status: CertificateState;
  completedAt: Date;
  /** When the certificate service was first asked. */
  requestedAt: Date | null;
  issuedAt: Date | null;
  /** Why it is parked, or came to nothing when it was last requested. */
  reason: string | null;
  /** How often it was requested, the attempt under way included; null where no request is kept. */
  attempts: number | null;
}
