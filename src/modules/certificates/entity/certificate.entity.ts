import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type CertificateState = 'REQUESTED' | 'ISSUED' | 'PARKED';

/** The durable intent that a learner has one certificate for a course. */
@Entity('certificate')
@Index('certificate_course', ['courseId', 'userId'])
@Index('certificate_unsettled', ['status', 'userId', 'courseId'], { where: "status <> 'ISSUED'" })
@Check('certificate_status_check', "status IN ('REQUESTED', 'ISSUED', 'PARKED')")
export class CertificateEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ type: 'text', default: 'REQUESTED' })
  status: CertificateState;

  /** When the course was completed; never rewritten. */
  @Column({ name: 'completed_at', type: 'timestamptz' })
  completedAt: Date;

  /** When the certificate service was first asked. */
  @Column({ name: 'requested_at', type: 'timestamptz', nullable: true })
  requestedAt: Date | null;

  @Column({ name: 'issued_at', type: 'timestamptz', nullable: true })
  issuedAt: Date | null;

  /**
   * The administrator who confirmed that it is issued, when the certificate service could not be asked. The time is
   * `issued_at`.
   */
  @Column({ name: 'confirmed_by', type: 'varchar', length: 26, nullable: true })
  confirmedBy: string | null;

  /** Another service may have had it issued before: it is requested only once the check can be trusted. */
  @Column({ name: 'must_check', type: 'boolean', default: false })
  mustCheck: boolean;

  /** Why it is parked. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;
}
