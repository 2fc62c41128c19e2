import { Check, Column, Entity, Index, PrimaryGeneratedColumn, type ColumnType } from 'typeorm';
import { RECORD_COLUMNS, type RecordColumn } from '../record-columns.js';

/** The length of the ids of users, courses and lessons. */
const ID_LENGTH = 26;

/**
 * The progress of one learner in one lesson. One row for each (user, lesson), live or deleted: a create after a delete
 * revives it. Its columns are those of `RECORD_COLUMNS`.
 */
@Entity('user_progress')
@Index('user_progress_user_lesson', ['userId', 'lessonId'], { unique: true })
@Index('user_progress_user', ['userId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_user_course', ['userId', 'courseId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_course', ['courseId', 'id'], { where: 'deleted_at IS NULL' })
@Index('user_progress_lesson', ['lessonId', 'id'], { where: 'deleted_at IS NULL' })
@Check('user_progress_watch_time_seconds_check', 'watch_time_seconds >= 0')
@Check('user_progress_position_seconds_check', 'position_seconds >= 0')
export class UserProgressEntity {
  /** The default is for rows that are inserted by hand. */
  @PrimaryGeneratedColumn('uuid')
  id: string;
}

const { id: _primary, ...columns } = RECORD_COLUMNS;
for (const [property, described] of Object.entries<RecordColumn<unknown>>(columns)) {
  const { name, column, initial } = described;
  const length = column.type === 'varchar' ? { length: ID_LENGTH } : {};
  const beginsNow = column.type === 'timestamptz' && initial === undefined;
  Column({
    name,
    type: column.type as ColumnType,
    nullable: initial === null,
    default: beginsNow ? () => 'now()' : (initial ?? undefined),
    ...length,
  })(UserProgressEntity.prototype, property);
}
