import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was watched in a course in a quarter of a year: the sum of its months, which a trigger of those keeps. */
@Entity('analytics_quarter')
export class AnalyticsQuarterEntity {
  /** Its first day, YYYY-MM-DD. */
  @PrimaryColumn({ type: 'date' })
  quarter: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ name: 'watch_seconds', type: 'bigint', default: 0 })
  watchSeconds: string;
}
