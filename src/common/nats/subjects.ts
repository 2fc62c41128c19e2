/** The platform's names of its request subjects; the misspelling is part of the platform. */
export const UserEvents = { GET_USER_BY_ID: 'user.get.by.id' } as const;
export const CourseEvents = {
  GET_COURSE_BY_ID: 'course.get.by.id',
  GET_LESSON_BY_ID: 'course.get.by.lesson.id',
} as const;
/** A request to the course service that others may overhear: one of its courses is about to change. */
export const COURSE_UPDATE = 'course.update';
export const CertificateEvents = {
  CREAE_CERTIFICATE: 'certificate.createCertificate',
  CHECK_CERTIFICATE_EXISTED: 'certificate.checkCertificateExisted',
} as const;

/** A service that is asked over NATS; each has a circuit breaker of its own. */
export type Peer = 'users' | 'courses' | 'certificates';

/** Which service answers a subject. */
export const PEER_BY_SUBJECT = {
  [UserEvents.GET_USER_BY_ID]: 'users',
  [CourseEvents.GET_COURSE_BY_ID]: 'courses',
  [CourseEvents.GET_LESSON_BY_ID]: 'courses',
  [CertificateEvents.CREAE_CERTIFICATE]: 'certificates',
  [CertificateEvents.CHECK_CERTIFICATE_EXISTED]: 'certificates',
} as const satisfies Record<string, Peer>;

export type RequestSubject = keyof typeof PEER_BY_SUBJECT;
