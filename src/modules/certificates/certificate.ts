import type { CourseKey } from '../course-catalog/course-key.js';
import type { CertificateState } from './entity/certificate.entity.js';

/** A row of `certificate`. */
export interface StoredCertificate extends CourseKey {
  status: CertificateState;
  completedAt: Date;
  /** When the certificate service was first asked. */
  requestedAt: Date | null;
  issuedAt: Date | null;
  /** Why it is parked. */
  reason: string | null;
}
