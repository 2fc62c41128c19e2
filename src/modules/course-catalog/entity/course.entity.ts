import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A course as the course service last sent it. */
@Entity('course')
@Index('course_instructor', ['instructorId', 'courseId'])
@Index('course_unevaluated', ['courseId'], { where: 'evaluated_version < structure_version' })
@Index('course_structure_unknown', ['courseId'], {
  where: 'NOT lessons_listed AND lessons_total = 0',
})
export class CourseEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ name: 'instructor_id', type: 'varchar', length: 64, nullable: true })
  instructorId: string | null;

  @Column({ name: 'is_active', type: 'boolean', default: true })
  isActive: boolean;

  /** Grows by one with each change of the set of lessons. */
  @Column({ name: 'structure_version', type: 'integer', default: 1 })
  structureVersion: number;

  @Column({ name: 'structure_changed_at', type: 'timestamptz', default: () => 'now()' })
  structureChangedAt: Date;

  /** False when the course service sent only the number of lessons. */
  @Column({ name: 'lessons_listed', type: 'boolean' })
  lessonsListed: boolean;

  @Column({ name: 'lessons_total', type: 'integer' })
  lessonsTotal: number;

  @Column({ name: 'fetched_at', type: 'timestamptz', default: () => 'now()' })
  fetchedAt: Date;

  /*
   * The columns below moved to `course_evaluation`. Only processes of the version before use them, during a rolling
   * deploy. The next release drops them, with the index `course_unevaluated`.
   */
  @Column({ name: 'evaluated_version', type: 'integer', default: 0 })
  evaluatedVersion: number;

  @Column({ name: 'evaluation_begun_at', type: 'timestamptz', nullable: true })
  evaluationBegunAt: Date | null;

  @Column({ name: 'evaluated_user_id', type: 'varchar', length: 26, nullable: true })
  evaluatedUserId: string | null;

  @Column({ name: 'evaluation_lease', type: 'timestamptz', nullable: true })
  evaluationLease: Date | null;
}
