import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What a learner did in a course on one day. A row for the day in all courses together does not exist: the key makes it
 * cheap to sum these.
 */
@Entity('learner_day')
export class LearnerDayEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  /** YYYY-MM-DD */
  @PrimaryColumn({ type: 'date' })
  day: string;

  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  /** Seconds of media that were credited. */
  @Column({ type: 'bigint', default: 0 })
  seconds: string;

  /** Lessons completed on that day, less those of them that were reopened since. */
  @Column({ name: 'lessons_completed', type: 'integer', default: 0 })
  lessonsCompleted: number;

  /** The latest activity of the day; null without any: a changed course completed a lesson. */
  @Column({ name: 'last_at', type: 'timestamptz', nullable: true })
  lastAt: Date | null;

  /** The lesson of that activity. */
  @Column({ name: 'last_lesson_id', type: 'varchar', length: 26, nullable: true })
  lastLessonId: string | null;
}
