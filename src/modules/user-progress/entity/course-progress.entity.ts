import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The exact sum of a learner's rows at home in one course, and how many lessons count for it from all courses. It changes
 * in the same transaction as its rows.
 */
@Entity('course_progress')
@Index('course_progress_course', ['courseId', 'userId'])
export class CourseProgressEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** Live records. */
  @Column({ name: 'lessons_started', type: 'integer', default: 0 })
  lessonsStarted: number;

  /** Live, completed records, also of lessons that are no longer in the course. */
  @Column({ name: 'lessons_completed', type: 'integer', default: 0 })
  lessonsCompleted: number;

  /** Completed lessons that are in the structure of `structure_version`, wherever their records are at home. */
  @Column({ name: 'listed_completed', type: 'integer', default: 0 })
  listedCompleted: number;

  /** How many lessons that structure has. */
  @Column({ name: 'lessons_total', type: 'integer', default: 0 })
  lessonsTotal: number;

  /** The course structure of the two columns above; 0 when none is known. */
  @Column({ name: 'structure_version', type: 'integer', default: 0 })
  structureVersion: number;

  @Column({ name: 'watch_time_seconds', type: 'bigint', default: 0 })
  watchTimeSeconds: string;

  /** When the last of its lessons was completed, as every lesson was for the first time; never rewritten. */
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  @Column({ name: 'last_activity_at', type: 'timestamptz', default: () => 'now()' })
  lastActivityAt: Date;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;
}
