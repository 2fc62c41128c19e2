import type { CourseKey } from '../course-catalog/course-key.js';

/** A lesson of the course that the learner has not completed. */
export interface MissingLesson {
  lessonId: string;
  title: string | null;
  /** Share of the lesson that was seen, 0 to 100; null when its length is not known. */
  coveragePercentage: number | null;
  /** Seconds to be seen until it completes by itself; null when it never does, or when its length is not known. */
  missingSeconds: number | null;
}

export interface MissingLessons {
  /** The first missing lessons, in the order of the course. */
  lessons: MissingLesson[];
  missing: number;
  /** How many lessons the course has. */
  listed: number;
}

/** What a learner must still do in a course. The user-progress module implements it. */
export abstract class CompletionGaps {
  /** The first `limit` missing lessons of a course whose lessons are listed. */
  abstract missingLessons(key: CourseKey, limit: number): Promise<MissingLessons>;
  /** How many lessons of the course the learner completed, also those that the course does not list. */
  abstract completedLessons(key: CourseKey): Promise<number>;
}
