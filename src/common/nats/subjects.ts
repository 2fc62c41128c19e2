/**
 * The platform's request subjects. The platform itself has the misspelling, and the subject that speaks of users and
 * answers with a course.
 */
export const UserEvents = { GET_USER_BY_ID: 'user.get.by.id' } as const;
export const CourseEvents = {
  GET_COURSE_BY_ID: 'course.get.by.id',
  FIND_USERS_WITH_IDS: 'course.findUsersWithIds',
  GET_LESSON_BY_ID: 'course.get.by.lesson.id',
} as const;
/** Events of the user service. */
export const USER_DELETED = 'user.deleted';
export const USER_UPDATED = 'user.updated';
export const USER_ROLE_CHANGED = 'user.role_changed';
/** A request to the course service to change a course. We only listen to it. */
export const COURSE_UPDATE = 'course.update';
export const CertificateEvents = {
  CREAE_CERTIFICATE: 'certificate.createCertificate',
  CHECK_CERTIFICATE_EXISTED: 'certificate.checkCertificateExisted',
} as const;

/** A service that we ask over NATS. Each has its own circuit breaker. */
export type Peer = 'users' | 'courses' | 'certificates';

/** Which service answers which subject. */
export const PEER_BY_SUBJECT = {
  [UserEvents.GET_USER_BY_ID]: 'users',
  [CourseEvents.GET_COURSE_BY_ID]: 'courses',
  [CourseEvents.FIND_USERS_WITH_IDS]: 'courses',
  [CourseEvents.GET_LESSON_BY_ID]: 'courses',
  [CertificateEvents.CREAE_CERTIFICATE]: 'certificates',
  [CertificateEvents.CHECK_CERTIFICATE_EXISTED]: 'certificates',
} as const satisfies Record<string, Peer>;

export type RequestSubject = keyof typeof PEER_BY_SUBJECT;
