import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { CourseEntity } from './course.entity.js';

/**
 * A lesson of a course's present structure. Triggers note in `unreconciled_lesson` that one was added, or that its length
 * became known or shorter.
 */
@Entity('course_lesson')
@Index('course_lesson_lesson', ['lessonId', 'courseId'])
export class CourseLessonEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  @ManyToOne(() => CourseEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'course_lesson_course_id_fkey' })
  course: Relation<CourseEntity>;

  @Column({ name: 'section_id', type: 'varchar', length: 26, nullable: true })
  sectionId: string | null;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ type: 'integer' })
  position: number;

  @Column({ name: 'duration_seconds', type: 'integer', nullable: true })
  durationSeconds: number | null;
}
