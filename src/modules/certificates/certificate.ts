import type { CertificateState } from './entity/certificate.entity.js';

/** A certificate's natural key. */
export interface CertificateKey {
  userId: string;
  courseId: string;
}

/** A row of `certificate`. */
export interface StoredCertificate extends CertificateKey {
  status: CertificateState;
  completedAt: Date;
  /** When the certificate service was first asked. */
  requestedAt: Date | null;
  issuedAt: Date | null;
  /** Why it is parked. */
  reason: string | null;
}
