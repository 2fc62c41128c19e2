/** A learner in a lesson: the natural key of a record. */
export interface LessonKey {
  userId: string;
  lessonId: string;
}
