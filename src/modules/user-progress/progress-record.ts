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

/** The share of the lesson that was ever seen, 0 to 100, to two decimals; null where its length is not known. */
export function coveragePercentage(
  record: Pick<ProgressRecord, 'uniqueSeconds' | 'durationSeconds'>,
): number | null {
  if (record.durationSeconds === null || record.durationSeconds <= 0) return null;
  return percentage(record.uniqueSeconds, record.durationSeconds);
}

/** `part` of `whole` in per cent: 0 to 100, to two decimals, 100 only when nothing is missing, 0 of nothing is 0. */
export function percentage(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99.99, Math.round((part / whole) * 10_000) / 100);
}
