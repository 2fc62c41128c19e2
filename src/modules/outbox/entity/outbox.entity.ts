import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A message to others: written in the transaction that it tells of, deleted when delivered. */
@Entity('outbox')
@Index('outbox_due_by_topic', ['topic', 'nextAttemptAt'], { where: 'parked_at IS NULL' })
@Index('outbox_user', ['userId', 'courseId'])
export class OutboxEntity {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  topic: string;

  @Column({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @Column({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ name: 'lesson_id', type: 'varchar', length: 26, nullable: true })
  lessonId: string | null;

  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'now()' })
  occurredAt: Date;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /**
   * When the row is due. A claim sets it to the end of its lease, so a killed process delays the row by no more than
   * that.
   */
  @Column({ name: 'next_attempt_at', type: 'timestamptz', default: () => 'now()' })
  nextAttemptAt: Date;

  /** The token of the claim that may settle the row. */
  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  @Column({ name: 'parked_at', type: 'timestamptz', nullable: true })
  parkedAt: Date | null;

  @Column({ name: 'last_error', type: 'text', nullable: true })
  lastError: string | null;
}
