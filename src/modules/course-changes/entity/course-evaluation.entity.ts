import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A course whose learners are not all evaluated. When its structure changes, a trigger of `course` inserts the row or
 * resets it. A claim inserts it for a course with unsettled lessons. The table is nearly empty, so it needs no further index.
 */
@Entity('course_evaluation')
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
  @Column({ name: 'settled_lesson_id', type: 'varchar', length: 26, nullable: true })
  settledLessonId: string | null;

  @Column({ name: 'settled_record_id', type: 'uuid', nullable: true })
  settledRecordId: string | null;

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
