import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { CourseEntity } from './course.entity.js';

/**
 * A course of which its service told less than before: what is missing counts until a second look confirms it. The table
 * is nearly empty, so it needs no further index.
 */
@Entity('course_shrink')
export class CourseShrinkEntity {
  @PrimaryColumn({ name: 'course_id', type: 'varchar', length: 26 })
  courseId: string;

  @OneToOne(() => CourseEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'course_shrink_course_id_fkey' })
  course: Relation<CourseEntity>;

  /** When this was first seen, and by the process on which host. */
  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt: Date;

  @Column({ name: 'seen_by', type: 'text' })
  seenBy: string;

  /** The lessons that are no longer listed, and when each was first missed, in milliseconds since 1970. */
  @Column({ type: 'jsonb' })
  missing: Record<string, number>;

  /** The number of lessons that waits: lower than the one that counts, or a first 1 of a course without a list. */
  @Column({ name: 'lessons_told', type: 'integer', nullable: true })
  lessonsTold: number | null;

  /** Since when it is told. */
  @Column({ name: 'told_since', type: 'timestamptz', nullable: true })
  toldSince: Date | null;

  /** When a process looks again. A process that does so puts it off first: it is a lease, too. */
  @Column({ name: 'look_at', type: 'timestamptz' })
  lookAt: Date;
}
