import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is asked of a course as a whole: sums of its cohorts and days, which a trigger of those keeps. */
@Entity('analytics_course')
export class AnalyticsCourseEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ type: 'integer', default: 0 })
  learners: number;

  @Column({ type: 'integer', default: 0 })
  completers: number;

  @Column({ type: 'integer', default: 0 })
  certificates: number;
}
