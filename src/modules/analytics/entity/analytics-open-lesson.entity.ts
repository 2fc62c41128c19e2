import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Learners who have not completed the course, by the lesson of their last activity: the sum of `analytics_silence` over all
 * days, which a trigger keeps. Less those of the last days, they stopped there.
 */
@Entity('analytics_open_lesson')
export class AnalyticsOpenLessonEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** '': no activity. */
  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  @Column({ type: 'integer', default: 0 })
  learners: number;
}
