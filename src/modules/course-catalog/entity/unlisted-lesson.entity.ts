import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CourseEntity } from './course.entity.js';

/**
 * A lesson that its course does not list, but whose length is still needed: the course dropped it, or lists no lessons
 * at all. No course needs it for its completion.
 */
@Entity('unlisted_lesson')
export class UnlistedLessonEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  @ManyToOne(() => CourseEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'unlisted_lesson_course_id_fkey' })
  course: Relation<CourseEntity>;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ name: 'duration_seconds', type: 'integer', nullable: true })
  durationSeconds: number | null;
}
