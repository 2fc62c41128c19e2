import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The figures of a course by day. Course '' is the platform: its learners are distinct in `active` and in the edges, and
 * counted once a course elsewhere.
 */
@Entity('analytics_day')
@Index('analytics_day_day', ['day'])
export class AnalyticsDayEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** YYYY-MM-DD */
  @PrimaryColumn({ type: 'date' })
  day: string;

  /** Learners who enrolled on that day. */
  @Column({ type: 'integer', default: 0 })
  enrolled: number;

  /** How many of these have completed the course. */
  @Column({ name: 'enrolled_completed', type: 'integer', default: 0 })
  enrolledCompleted: number;

  /** Learners who completed the course on that day. */
  @Column({ name: 'courses_completed', type: 'integer', default: 0 })
  coursesCompleted: number;

  /** Certificates issued on that day. */
  @Column({ type: 'integer', default: 0 })
  certificates: number;

  /** Learners with activity on that day. */
  @Column({ type: 'integer', default: 0 })
  active: number;

  /** Seconds of media that were credited. */
  @Column({ name: 'watch_seconds', type: 'bigint', default: 0 })
  watchSeconds: string;

  /** Lessons completed on that day, less those of them that were reopened since. */
  @Column({ name: 'lessons_completed', type: 'integer', default: 0 })
  lessonsCompleted: number;

  /** By how much the number of learners with activity in the last 7 days differs from the day before. */
  @Column({ name: 'wau_edge', type: 'integer', default: 0 })
  wauEdge: number;

  /** The same for 30 days. */
  @Column({ name: 'mau_edge', type: 'integer', default: 0 })
  mauEdge: number;
}
