import type { ErrorCode } from '../../src/common/errors/service-error.js';
import type { Cell } from './cast.ts';

export type Outcome = 'OK' | ErrorCode;

/** For what is the asker's own, for another learner's, and for what does not exist. */
type Outcomes = readonly [own: Outcome, anothers: Outcome, absent: Outcome];

/** Who shows a token that is good. Whoever shows none is refused, whatever the operation. */
export interface Profile {
  learner: Outcomes;
  teacher: Outcomes;
  otherTeacher: Outcomes;
  administrator: Outcomes;
  service: Outcomes;
}

export interface Expectation {
  profile: Profile;
  arguments: (cell: Cell) => Record<string, unknown>;
  /** What must be there before: a record of the target, or a certificate that waits. */
  needs?: 'record' | 'parked certificate' | 'requested certificate';
}

const everything = (absent: Outcome): Outcomes => ['OK', 'OK', absent];
const ownIfAsked: Outcomes = ['OK', 'FORBIDDEN', 'FORBIDDEN'];
const ownIfFound: Outcomes = ['OK', 'NOT_FOUND', 'NOT_FOUND'];
const nothing: Outcomes = ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'];

/** What belongs to a learner, and is named by the learner. */
const personal = (absent: Outcome): Profile => ({
  learner: ownIfAsked,
  teacher: ownIfAsked,
  otherTeacher: ownIfAsked,
  administrator: everything(absent),
  service: everything(absent),
});
/** The same, named by an id that says nothing of whose it is: others' are as if they did not exist. */
const personalById: Profile = {
  learner: ownIfFound,
  teacher: ownIfFound,
  otherTeacher: ownIfFound,
  administrator: everything('NOT_FOUND'),
  service: everything('NOT_FOUND'),
};
/** What who teaches the course sees too. */
const taught = (absent: Outcome): Profile => ({ ...personal(absent), teacher: everything(absent) });
const taughtById: Profile = { ...personalById, teacher: everything('NOT_FOUND') };
/** What only the learner, and who answers for the platform, may do with everything that is kept. */
const everythingKept: Profile = { ...personal('OK'), service: nothing };
const administrative = (absent: Outcome): Profile => ({
  learner: nothing,
  teacher: nothing,
  otherTeacher: nothing,
  administrator: everything(absent),
  service: nothing,
});

/** Figures of the course that is named, whoever asks: the cast's own, the other teacher's, or none. */
const taughtCourse: Profile = {
  learner: nothing,
  teacher: ['OK', 'FORBIDDEN', 'FORBIDDEN'],
  otherTeacher: ['FORBIDDEN', 'OK', 'FORBIDDEN'],
  administrator: everything('NOT_FOUND'),
  service: everything('NOT_FOUND'),
};
/** What the asker teaches: nobody else is named. */
const whatOneTeaches: Profile = {
  learner: nothing,
  teacher: everything('OK'),
  otherTeacher: everything('OK'),
  administrator: everything('OK'),
  service: everything('OK'),
};

const key = ({ userId, lessonId }: Cell) => ({ userId, lessonId });
const courseKey = ({ userId, courseId }: Cell) => ({ userId, courseId });
const byFilter = (cell: Cell) => ({ filter: courseKey(cell) });

const certificateByHand: Expectation = {
  profile: administrative('NOT_FOUND'),
  arguments: ({ userId, certificateCourseId }) => ({ userId, courseId: certificateCourseId }),
};

/**
 * Who may do what, by operation: written down here once more, and not taken from the service. An operation of the
 * schema that is not here fails the build, and so does one that is here only.
 */
export const EXPECTATIONS: Record<string, Expectation> = {
  createUserProgress: {
    profile: personal('NOT_FOUND'),
    arguments: (cell) => ({ createUserProgressInput: { ...key(cell), courseId: cell.courseId } }),
  },
  recordWatch: {
    profile: personal('NOT_FOUND'),
    arguments: (cell) => ({
      input: {
        ...key(cell),
        courseId: cell.courseId,
        sessionId: `session-${cell.number}`,
        beats: [{ seq: 0, from: 0, to: 1, rate: 1, at: '2026-01-01T00:00:00Z' }],
      },
    }),
  },
  updateUserProgress: {
    profile: personalById,
    needs: 'record',
    arguments: ({ recordId }) => ({ updateUserProgressInput: { id: recordId, completed: false } }),
  },
  updateUserProgressByUserAndLesson: {
    profile: personal('NOT_FOUND'),
    needs: 'record',
    arguments: (cell) => ({
      ...key(cell),
      updateUserProgressInput: { id: cell.recordId, completed: false },
    }),
  },
  deleteUserProgress: {
    profile: personalById,
    needs: 'record',
    arguments: ({ recordId }) => ({ id: recordId }),
  },
  markLessonAsCompleted: { profile: personal('NOT_FOUND'), needs: 'record', arguments: key },
  updateLessonWatchTime: {
    profile: personal('NOT_FOUND'),
    needs: 'record',
    arguments: (cell) => ({ ...key(cell), seconds: 5 }),
  },

  userProgress: {
    profile: taughtById,
    needs: 'record',
    arguments: ({ recordId }) => ({ id: recordId }),
  },
  userProgressByUserAndLesson: {
    // Which course it is only the record says: without one, a teacher has no part in it.
    profile: { ...taught('NOT_FOUND'), teacher: ['OK', 'OK', 'FORBIDDEN'] },
    needs: 'record',
    arguments: key,
  },
  userProgressList: { profile: taught('OK'), needs: 'record', arguments: byFilter },
  userProgressConnection: { profile: taught('OK'), needs: 'record', arguments: byFilter },
  getCourseProgress: { profile: taught('OK'), needs: 'record', arguments: courseKey },
  getUserProgressStats: {
    profile: personal('OK'),
    needs: 'record',
    arguments: ({ userId }) => ({ userId }),
  },

  certificateStatus: { profile: taught('OK'), needs: 'record', arguments: courseKey },
  certificates: { profile: administrative('OK'), arguments: byFilter },
  replayCertificate: { ...certificateByHand, needs: 'parked certificate' },
  parkCertificate: { ...certificateByHand, needs: 'requested certificate' },
  confirmCertificate: { ...certificateByHand, needs: 'parked certificate' },

  eraseUser: { profile: everythingKept, needs: 'record', arguments: ({ userId }) => ({ userId }) },
  exportUserData: {
    profile: everythingKept,
    needs: 'record',
    arguments: ({ userId }) => ({ userId }),
  },

  refreshCourse: {
    profile: administrative('NOT_FOUND'),
    arguments: ({ namedCourseId }) => ({ courseId: namedCourseId }),
  },
  courseChangePreview: {
    profile: administrative('NOT_FOUND'),
    arguments: ({ namedCourseId }) => ({ courseId: namedCourseId }),
  },
  shrunkCourses: { profile: administrative('OK'), arguments: () => ({ first: 5 }) },

  courseAnalytics: {
    profile: taughtCourse,
    arguments: ({ namedCourseId }) => ({ courseId: namedCourseId }),
  },
  lessonAnalytics: {
    profile: taughtCourse,
    arguments: ({ namedCourseId, namedLessonId }) => ({
      courseId: namedCourseId,
      lessonId: namedLessonId,
    }),
  },
  courseLearnersAtRisk: {
    profile: taughtCourse,
    arguments: ({ namedCourseId }) => ({ courseId: namedCourseId, first: 5 }),
  },
  myCourses: { profile: whatOneTeaches, arguments: () => ({ first: 5 }) },
  platformAnalytics: { profile: administrative('OK'), arguments: () => ({ from: null }) },
  learningActivity: { profile: personal('OK'), arguments: ({ userId }) => ({ userId }) },
};
