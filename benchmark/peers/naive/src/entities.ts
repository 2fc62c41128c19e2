import {
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  PrimaryColumn,
  UpdateDateColumn,
} from 'typeorm';

@Entity('user_progress')
export class UserProgress {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ name: 'user_id', type: 'varchar' })
  userId: string;

  @Column({ name: 'lesson_id', type: 'varchar' })
  lessonId: string;

  @Column({ name: 'course_id', type: 'varchar' })
  courseId: string;

  @Column('boolean')
  completed: boolean;

  @Column('integer')
  watch_time_seconds: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;

  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt: Date | null;
}

/** Replaces asking the course service how many lessons a course has: cheaper than a request. */
@Entity('course_lesson')
export class CourseLesson {
  @PrimaryColumn({ name: 'course_id', type: 'varchar' })
  courseId: string;

  @PrimaryColumn({ name: 'lesson_id', type: 'varchar' })
  lessonId: string;
}
