/** A live or deleted row of `user_progress`, with the lesson's length as the course's structure knows it. */
export interface ProgressRecord {
  id: string;
  userId: string;
  lessonId: string;
  courseId: string;
  completed: boolean;
  completedAt: Date | null;
  /** Seconds of media, every repetition counted. */
  watchTimeSeconds: number;
  /** Seconds from the lesson's start. */
  positionSeconds: number;
  positionAt: Date | null;
  /** Seconds ever seen, as PostgreSQL writes an `int4multirange`. */
  watched: string;
  uniqueSeconds: number;
  rewatchedSeconds: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  /** Null where the lesson's length is not known. */
  durationSeconds: number | null;
}
