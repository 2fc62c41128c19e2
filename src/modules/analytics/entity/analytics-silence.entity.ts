import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many learners of a course, who have not completed it, were last active on a day, in a lesson. */
@Entity('analytics_silence')
export class AnalyticsSilenceEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** YYYY-MM-DD */
  @PrimaryColumn({ name: 'last_active_on', type: 'date' })
  lastActiveOn: string;

  /** Empty for learners without any activity in the course. */
  @PrimaryColumn({ name: 'last_lesson_id', type: 'varchar', length: 26 })
  lastLessonId: string;

  @Column({ type: 'integer', default: 0 })
  learners: number;
}
