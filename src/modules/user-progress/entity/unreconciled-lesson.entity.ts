import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CourseEntity } from '../../course-catalog/entity/course.entity.js';

/**
 * A lesson that was added to a course, or whose length became known or shorter, and whose records are not all reconciled
 * since. Triggers of `course_lesson` and `unlisted_lesson` insert the row. The evaluation of the course deletes it.
 */
@Entity('unreconciled_lesson')
export class UnreconciledLessonEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar', length: 26 })
  lessonId: string;

  @ManyToOne(() => CourseEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'unreconciled_lesson_course_id_fkey' })
  course: Relation<CourseEntity>;

  /** The first change that is not reconciled. */
  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;

  /** When the last transaction may have begun that counts without knowing of the latest change. */
  @Column({ name: 'known_at', type: 'timestamptz' })
  knownAt: Date;
}
