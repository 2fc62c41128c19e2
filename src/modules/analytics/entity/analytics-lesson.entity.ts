import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Sums over the live records of a lesson at home in a course. */
@Entity('analytics_lesson')
export class AnalyticsLessonEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  /** Live records. */
  @Column({ type: 'integer', default: 0 })
  learners: number;

  /** Live, completed records. */
  @Column({ type: 'integer', default: 0 })
  completed: number;

  @Column({ name: 'watch_seconds', type: 'bigint', default: 0 })
  watchSeconds: string;

  @Column({ name: 'unique_seconds', type: 'bigint', default: 0 })
  uniqueSeconds: string;

  @Column({ name: 'rewatched_seconds', type: 'bigint', default: 0 })
  rewatchedSeconds: string;
}
