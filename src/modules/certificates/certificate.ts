import type { CourseKey } from '../course-catalog/course-key.js';
import type { CertificateState } from './entity/certificate.entity.js';

/** A row of `certificate`, and the state of its request. */
export interface StoredCertificate extends CourseKey {
  status: CertificateState;
  completedAt: Date;
  /** When the certificate service was first asked. */
  requestedAt: Date | null;
  issuedAt: Date | null;
  /** Why it is parked, or why its last request failed. */
  reason: string | null;
  /** How often it was requested, with the current attempt; null when there is no request. */
  attempts: number | null;
}
