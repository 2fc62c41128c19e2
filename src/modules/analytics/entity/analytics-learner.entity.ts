import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What the figures of a course need of each learner. Learners of the course are those with `joined > 0`: with a live
 * record in it, or who completed it. The row of a learner who left is kept.
 */
@Entity('analytics_learner')
@Index('analytics_learner_open', ['courseId', 'lastActiveOn', 'userId'], {
  where: 'completed_on IS NULL AND joined > 0',
})
export class AnalyticsLearnerEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** How often the learner joined, less how often they left: 1 or 0 when everything is folded. */
  @Column({ type: 'integer', default: 0 })
  joined: number;

  /** The day of the rollup's creation, YYYY-MM-DD; null until that is folded. */
  @Column({ name: 'enrolled_on', type: 'date', nullable: true })
  enrolledOn: string | null;

  @Column({ name: 'completed_on', type: 'date', nullable: true })
  completedOn: string | null;

  /** The latest day with activity in the course; `enrolled_on` if there is none. */
  @Column({ name: 'last_active_on', type: 'date' })
  lastActiveOn: string;

  /** The lesson of the latest activity; empty if there is none. */
  @Column({ name: 'last_lesson_id', type: 'varchar', length: 26 })
  lastLessonId: string;
}
