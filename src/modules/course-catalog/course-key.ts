/** A learner in a course. */
export interface CourseKey {
  userId: string;
  courseId: string;
}
