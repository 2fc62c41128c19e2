import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many learners of a course enrolled in a week, by how many days later they completed it. */
@Entity('analytics_cohort')
export class AnalyticsCohortEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** The week's Monday, YYYY-MM-DD. */
  @PrimaryColumn({ name: 'enrolled_week', type: 'date' })
  enrolledWeek: string;

  /** From day to day, never negative; -1 if they have not completed it. */
  @PrimaryColumn({ name: 'days_to_complete', type: 'integer' })
  daysToComplete: number;

  @Column({ type: 'integer', default: 0 })
  learners: number;
}
