import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { platform } from '../builders/catalogue.ts';
import { objectId, userId } from '../builders/ids.ts';
import { signToken } from '../support/tokens.ts';
import type { Profile } from './expectations.ts';
import { FORMS, type Form } from './documents.ts';

/** Who asks. Those without a profile show no token, or none that is good. */
export const ASKERS = [
  'nobody',
  'malformed token',
  'expired token',
  'learner',
  'another learner',
  'instructor of the course',
  'instructor of another course',
  'administrator',
  'service',
] as const;
export type Asker = (typeof ASKERS)[number];

export const PROFILE_OF: Record<Asker, keyof Profile | null> = {
  nobody: null,
  'malformed token': null,
  'expired token': null,
  learner: 'learner',
  'another learner': 'learner',
  'instructor of the course': 'teacher',
  'instructor of another course': 'otherTeacher',
  administrator: 'administrator',
  service: 'service',
};

export const TARGETS = ['own', 'anothers', 'absent'] as const;
export type Target = (typeof TARGETS)[number];

/** One request of the matrix, and what it is about: nothing that another cell changes. */
export interface Cell {
  number: number;
  asker: Asker;
  target: Target;
  form: Form;
  userId: string;
  lessonId: string;
  courseId: string;
  recordId: string;
  certificateCourseId: string;
  /** The course that an operation on courses names, and a lesson of it. */
  namedCourseId: string;
  namedLessonId: string;
}

const CELLS = ASKERS.length * TARGETS.length * FORMS.length;

/** People and a course of their own for one operation: what is erased or completed there touches no other. */
export function cast() {
  const world = platform({ lessons: CELLS, learners: 3 });
  const elsewhere = platform({ lessons: 1, learners: 0 });
  const [learner, another, service] = world.learnerIds as [string, string, string];
  const ids: Record<Asker, string> = {
    nobody: learner,
    'malformed token': learner,
    'expired token': learner,
    learner,
    'another learner': another,
    'instructor of the course': world.instructorId,
    'instructor of another course': elsewhere.instructorId,
    administrator: world.administratorId,
    service,
  };

  const cells = ASKERS.flatMap((asker) =>
    TARGETS.flatMap((target) => FORMS.map((form) => ({ asker, target, form }))),
  ).map(({ asker, target, form }, number): Cell => {
    const anothers = asker === 'learner' ? another : learner;
    const courses = { own: world.course._id, anothers: elsewhere.course._id, absent: objectId() };
    const lessonId = world.lessonIds[number]!;
    const lessons = { own: lessonId, anothers: elsewhere.lessonIds[0]!, absent: objectId() };
    return {
      number,
      asker,
      target,
      form,
      userId: { own: ids[asker], anothers, absent: userId() }[target],
      lessonId,
      courseId: world.course._id,
      recordId: randomUUID(),
      certificateCourseId: objectId(),
      namedCourseId: courses[target],
      namedLessonId: lessons[target],
    };
  });

  return {
    cells,
    catalogue: {
      users: [...world.catalogue.users, ...elsewhere.catalogue.users],
      courses: [...world.catalogue.courses, ...elsewhere.catalogue.courses],
    },
    token: (asker: Asker): Promise<string | null> => tokenOf(asker, ids[asker]),
  };
}

export type Cast = ReturnType<typeof cast>;

async function tokenOf(asker: Asker, sub: string): Promise<string | null> {
  switch (asker) {
    case 'nobody':
      return null;
    case 'malformed token':
      return `${(await signToken({ sub, role: 'admin' })).slice(0, -3)}AAA`;
    case 'expired token':
      return signToken({ sub, role: 'user', exp: Math.floor(Date.now() / 1_000) - 1 });
    case 'learner':
    case 'another learner':
      return signToken({ sub, role: 'user' });
    case 'instructor of the course':
    case 'instructor of another course':
      return signToken({ sub, role: 'instructor' });
    case 'administrator':
      return signToken({ sub, role: 'admin' });
    case 'service':
      return signToken({ sub, role: 'service' });
  }
}

/** Records of the targets that exist, and the rollups that are their sums. */
export async function insertRecords(pool: pg.Pool, cells: readonly Cell[]): Promise<void> {
  const present = cells.filter(({ target }) => target !== 'absent');
  await pool.query(
    `WITH inserted AS (
       INSERT INTO user_progress (id, user_id, lesson_id, course_id)
       SELECT * FROM unnest($1::uuid[], $2::varchar[], $3::varchar[], $4::varchar[])
       RETURNING user_id, course_id)
     INSERT INTO course_progress (user_id, course_id, lessons_started)
     SELECT user_id, course_id, count(*) FROM inserted GROUP BY user_id, course_id`,
    [
      present.map(({ recordId }) => recordId),
      present.map((cell) => cell.userId),
      present.map(({ lessonId }) => lessonId),
      present.map(({ courseId }) => courseId),
    ],
  );
}

/** Certificates that wait, of the targets that exist, each for a course that nothing else is known of. */
export async function insertCertificates(
  pool: pg.Pool,
  cells: readonly Cell[],
  status: 'PARKED' | 'REQUESTED',
): Promise<void> {
  const present = cells.filter(({ target }) => target !== 'absent');
  const keys = [
    present.map((cell) => cell.userId),
    present.map(({ certificateCourseId }) => certificateCourseId),
  ];
  await pool.query(
    `INSERT INTO certificate (user_id, course_id, status, completed_at, reason)
     SELECT user_id, course_id, $3, now(), CASE $3 WHEN 'PARKED' THEN 'refused' END
     FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, course_id)`,
    [...keys, status],
  );
  await pool.query(
    `INSERT INTO outbox (topic, user_id, course_id, parked_at, next_attempt_at)
     SELECT 'certificate.requested', user_id, course_id, CASE $3 WHEN 'PARKED' THEN now() END, 'infinity'
     FROM unnest($1::varchar[], $2::varchar[]) AS k (user_id, course_id)`,
    [...keys, status],
  );
}
