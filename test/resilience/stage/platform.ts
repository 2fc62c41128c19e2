import type { SandboxCourse } from '../../../sandbox/catalogue.ts';

const LESSON_SECONDS = 600;

/** Courses of one, two, three and ten lessons, named after that number. */
export const COURSES: readonly SandboxCourse[] = [1, 2, 3, 10].map((count) => ({
  _id: courseId(count),
  title: `A course of ${count}`,
  instructorId: 'TEACHER',
  isActive: true,
  totalLectures: count,
  totalHours: (count * LESSON_SECONDS) / 3_600,
  sections: [
    {
      _id: `${courseId(count)}-S1`,
      title: 'All of it',
      lessons: lessonIds(count).map((_id) => ({
        _id,
        title: _id,
        durationSeconds: LESSON_SECONDS,
      })),
    },
  ],
}));

export function courseId(lessons: number): string {
  return `C${lessons}`;
}

export function lessonIds(lessons: number): string[] {
  return Array.from({ length: lessons }, (_, index) => `C${lessons}-L${index + 1}`);
}

/** Learners whom the certificate service refuses for good. */
export const POISONED = 'POISON-';

/** How a certificate service prevents a second certificate, and whether it can say which ones exist. */
export interface CertificateKind {
  guardsDuplicates: boolean;
  canBeAsked: boolean;
}

/** A service that does neither is left out: it would issue twice, whatever we do. */
export const CERTIFICATE_KINDS = [
  { guardsDuplicates: false, canBeAsked: true },
  { guardsDuplicates: true, canBeAsked: true },
  { guardsDuplicates: true, canBeAsked: false },
] as const satisfies CertificateKind[];

/** How the other services behave. Shares are between 0 and 1, times in milliseconds. */
export interface PeerFaults extends CertificateKind {
  /** The longest random wait before a request is carried out, so that requests overtake each other. */
  delayMs: number;
  loseReplies: number;
  /** Share of replies that come `lateMs` late. */
  lateReplies: number;
  lateMs: number;
}

export const NO_FAULTS: PeerFaults = {
  guardsDuplicates: true,
  canBeAsked: true,
  delayMs: 0,
  loseReplies: 0,
  lateReplies: 0,
  lateMs: 0,
};
