import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A course whose learners are not all evaluated: without a row they are. A trigger of `course` makes the row, or
 * begins it anew, when the structure changes; the table is nearly empty, so that it needs no further index.
 */
@Entity('course_evaluation')
export class CourseEvaluationEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** The structure that learners are evaluated by: the course's present one. */
  @Column({ name: 'structure_version', type: 'integer' })
  structureVersion: number;

  @Column({ name: 'structure_changed_at', type: 'timestamptz' })
  structureChangedAt: Date;

  /** When the walk over the course's learners began that is under way. */
  @Column({ name: 'begun_at', type: 'timestamptz', nullable: true })
  begunAt: Date | null;

  /** How far that walk came, in the order of user ids. */
  @Column({ name: 'evaluated_user_id', type: 'varchar', length: 26, nullable: true })
  evaluatedUserId: string | null;

  /** The claim that may go on; null where nobody holds one. */
  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  /** Until when nobody else takes it up; after a walk that began too early: when the next one may begin. */
  @Column({ name: 'lease_ends_at', type: 'timestamptz', nullable: true })
  leaseEndsAt: Date | null;
}
