import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A week of a course: sums of `analytics_day` and `analytics_silence`, which triggers of those keep. */
@Entity('analytics_week')
@Index('analytics_week_week', ['week'])
export class AnalyticsWeekEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** Its Monday, YYYY-MM-DD. */
  @PrimaryColumn({ type: 'date' })
  week: string;

  @Column({ type: 'integer', default: 0 })
  enrolled: number;

  @Column({ name: 'courses_completed', type: 'integer', default: 0 })
  coursesCompleted: number;

  @Column({ name: 'watch_seconds', type: 'bigint', default: 0 })
  watchSeconds: string;

  /** Learners whose last activity was in this week, and who have not completed the course. */
  @Column({ type: 'integer', default: 0 })
  silent: number;
}
