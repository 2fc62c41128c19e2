import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A course whose learners are not all evaluated. When its structure or the length of a lesson changes, a trigger inserts
 * the row or resets it. The table is nearly empty, except after a migration that requests all courses.
 */
@Entity('course_evaluation')
@Index('course_evaluation_due', ['leaseEndsAt', 'structureChangedAt'])
export class CourseEvaluationEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** The structure to evaluate by: the course's present one. */
  @Column({ name: 'structure_version', type: 'integer' })
  structureVersion: number;

  @Column({ name: 'structure_changed_at', type: 'timestamptz' })
  structureChangedAt: Date;

  /** When the current walk over the course's learners began. */
  @Column({ name: 'begun_at', type: 'timestamptz', nullable: true })
  begunAt: Date | null;

  /** Where that walk is among the records of changed lessons, in the order of lesson and record. */
  @Column({ name: 'reconciled_lesson_id', type: 'varchar', length: 26, nullable: true })
  reconciledLessonId: string | null;

  @Column({ name: 'reconciled_record_id', type: 'uuid', nullable: true })
  reconciledRecordId: string | null;

  /** The last learner of that walk, in the order of user ids; it comes to the learners after the records. */
  @Column({ name: 'evaluated_user_id', type: 'varchar', length: 26, nullable: true })
  evaluatedUserId: string | null;

  /** The token of the process that holds the lease; null without a lease. */
  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  /** When the lease ends. After a walk that began too early: when the next one may begin. */
  @Column({ name: 'lease_ends_at', type: 'timestamptz', nullable: true })
  leaseEndsAt: Date | null;
}
