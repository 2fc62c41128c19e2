import type { Role } from '../../common/identity/identity.js';

/**
 * Whose data an operation may touch.
 * `own`: the asker's. `taught`: also that of learners in a course that the asker teaches. `any`: all.
 */
export type Reach = 'none' | 'own' | 'taught' | 'any';

type Row = Record<Role, Reach>;

const personal: Row = { user: 'own', instructor: 'own', admin: 'any', service: 'any' };
const administrative: Row = { user: 'none', instructor: 'none', admin: 'any', service: 'none' };
/**
 * Exports or erases everything of a learner. Services never need that, and one service token acts for many learners.
 */
const everythingKept: Row = { user: 'own', instructor: 'own', admin: 'any', service: 'none' };
/** Figures of a course: no learner's own, so learners have no part in them. */
const ofTaughtCourse: Row = { user: 'none', instructor: 'taught', admin: 'any', service: 'any' };
const visibleToTeacher: Row = { user: 'own', instructor: 'taught', admin: 'any', service: 'any' };

/**
 * Which role may do what: every operation of the schema, and no other (a test compares them). An operation without a
 * row is refused, and so is every request without an identity.
 */
export const ACCESS = {
  createUserProgress: personal,
  updateUserProgress: personal,
  updateUserProgressByUserAndLesson: personal,
  deleteUserProgress: personal,
  markLessonAsCompleted: personal,
  updateLessonWatchTime: personal,
  recordWatch: personal,

  userProgress: visibleToTeacher,
  userProgressByUserAndLesson: visibleToTeacher,
  userProgressList: visibleToTeacher,
  userProgressConnection: visibleToTeacher,
  getCourseProgress: visibleToTeacher,
  getUserProgressStats: personal,

  certificateStatus: visibleToTeacher,
  certificates: administrative,
  replayCertificate: administrative,
  parkCertificate: administrative,
  confirmCertificate: administrative,

  eraseUser: everythingKept,
  exportUserData: everythingKept,

  refreshCourse: administrative,
  courseChangePreview: administrative,
  shrunkCourses: administrative,

  courseAnalytics: ofTaughtCourse,
  lessonAnalytics: ofTaughtCourse,
  courseLearnersAtRisk: ofTaughtCourse,
  /** What the asker teaches. */
  myCourses: { user: 'none', instructor: 'own', admin: 'any', service: 'any' },
  platformAnalytics: administrative,
  learningActivity: personal,
} as const satisfies Record<string, Row>;

export type Operation = keyof typeof ACCESS;
