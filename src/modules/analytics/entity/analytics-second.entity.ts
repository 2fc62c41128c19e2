import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Where the curves of a lesson rise and fall: how many learners' stretches begin at a second, less how many end there.
 * The sum up to a second is how many learners saw it.
 */
@Entity('analytics_second')
export class AnalyticsSecondEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  /** From the lesson's start. */
  @PrimaryColumn({ type: 'integer' })
  second: number;

  /** Of `watched`. */
  @Column({ type: 'integer', default: 0 })
  seen: number;

  /** Of `watched_again`. */
  @Column({ type: 'integer', default: 0 })
  again: number;
}
