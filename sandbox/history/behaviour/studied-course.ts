/** What makes learners do something else than watch a lesson from beginning to end. Shares are 0 to 1. */
export interface Moments {
  /** Who leaves in the first half minute. */
  introLoss?: number;
  /** From this second to that one it is boring: who moves on to the next lesson there, or skips it. */
  dull?: readonly [from: number, to: number, share: number];
  /** What is explained from this second to that one: who plays it again. */
  hard?: readonly [from: number, to: number, share: number];
  /** Who gives up the whole course in this lesson. */
  wall?: number;
}

export interface StudiedLesson extends Moments {
  lessonId: string;
  durationSeconds: number;
}

export interface StudiedCourse {
  courseId: string;
  /** How much of the crowd it draws, in comparison with the others. */
  popularity: number;
  /** The same for each week in which learners enrol: this one, the one before, … */
  weeks: readonly number[];
  /** Whether a few learners tried it out long before these weeks. */
  hadPilot: boolean;
  lessons: readonly StudiedLesson[];
}
