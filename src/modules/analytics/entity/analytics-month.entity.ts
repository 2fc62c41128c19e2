import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was watched in a course in a month: the sum of its days, which would be too many to compare all courses. */
@Entity('analytics_month')
export class AnalyticsMonthEntity {
  /** The month's first day, YYYY-MM-DD. */
  @PrimaryColumn({ type: 'date' })
  month: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ name: 'watch_seconds', type: 'bigint', default: 0 })
  watchSeconds: string;
}
