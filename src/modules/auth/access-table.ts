import type { Role } from '../../common/identity/identity.js';

/**
 * Whose data an operation may touch:
 * `own` the asker's; `taught` also that of learners in a course the asker teaches; `any` everybody's.
 */
export type Reach = 'none' | 'own' | 'taught' | 'any';

type Row = Record<Role, Reach>;

const personal: Row = { user: 'own', instructor: 'own', admin: 'any', service: 'any' };
const administrative: Row = { user: 'none', instructor: 'none', admin: 'any', service: 'none' };
/** Everything at once, or its end: a service that acts for learners has no need of it, and its token is many learners'. */
const everythingKept: Row = { user: 'own', instructor: 'own', admin: 'any', service: 'none' };
const visibleToTeacher: Row = { user: 'own', instructor: 'taught', admin: 'any', service: 'any' };

/**
 * Who may do what: every operation of the schema, none besides (a test compares them).
 * What is not here cannot be asked for; nobody without an identity may do anything.
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
} as const satisfies Record<string, Row>;

export type Operation = keyof typeof ACCESS;
