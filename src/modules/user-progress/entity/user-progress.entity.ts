import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** What one learner did in one lesson. One row per (user, lesson), live or deleted: a create after a delete revives it. */
@Entity('user_progress')
@Index('user_progress_user_lesson', ['userId', 'lessonId'], { unique: true })
@Index('user_progress_user', ['userId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_user_course', ['userId', 'courseId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_course', ['courseId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_lesson', ['lessonId', 'id'], { where: 'deleted_at IS NULL' })
@Check('user_progress_watch_time_seconds_check', 'watch_time_seconds >= 0')
@Check('user_progress_position_seconds_check', 'position_seconds >= 0')
export class UserProgressEntity {
  /** UUIDv7, made by the service; the default serves rows inserted by hand. */
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @Column({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  @Column({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @Column({ type: 'boolean', default: false })
  completed: boolean;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  /** Seconds of media, every repetition counted. */
  @Column({ name: 'watch_time_seconds', type: 'integer', default: 0 })
  watchTimeSeconds: number;

  /** Where to resume: seconds from the lesson's start, at `position_at` by the player's clock. */
  @Column({ name: 'position_seconds', type: 'integer', default: 0 })
  positionSeconds: number;

  @Column({ name: 'position_at', type: 'timestamptz', nullable: true })
  positionAt: Date | null;

  /** Which seconds of the lesson were ever seen. */
  @Column({ type: 'int4multirange', default: '{}' })
  watched: string;

  /** How many seconds `watched` holds. */
  @Column({ name: 'unique_seconds', type: 'integer', default: 0 })
  uniqueSeconds: number;

  /** Credited seconds that had been seen before. */
  @Column({ name: 'rewatched_seconds', type: 'integer', default: 0 })
  rewatchedSeconds: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}
