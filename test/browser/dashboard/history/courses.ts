import type { Catalogue, SandboxCourse, SandboxUser } from '../../../../sandbox/catalogue.ts';

/** A lesson, and how its learners watch it. */
export interface Lesson {
  id: string;
  title: string;
  seconds: number;
  /** How many of those who begin it leave it for good at a second. */
  leaves: readonly { at: number; share: number }[];
  /** How many see a stretch again. */
  replays: readonly { from: number; to: number; share: number }[];
}

export interface Course {
  id: string;
  title: string;
  instructorId: string;
  lessons: readonly Lesson[];
  learners: number;
  /** How many go on from one lesson to the next. */
  goOn: number;
}

const person = (id: string, role: SandboxUser['role'], firstName: string): SandboxUser => ({
  ...{ id, role, firstName, lastName: 'Test' },
  email: `${firstName.toLowerCase()}@test.example`,
});

export const ADMINISTRATOR = person('01JADMINISTRATOR0000000000', 'admin', 'Ada');
export const INSTRUCTOR = person('01JINSTRUCTOR0000000000000', 'instructor', 'Dalia');
export const DEVOTED = person('01JDEVOTED0000000000000000', 'user', 'Lena');
export const LEARNERS = Array.from({ length: 640 }, (_, index) =>
  person(`01JLEARNER${String(index).padStart(16, '0')}`, 'user', `Learner${index}`),
);

type LessonShape = [title: string, seconds: number, behaviour?: Partial<Lesson>];

const course = (
  id: string,
  title: string,
  learners: number,
  goOn: number,
  lessons: LessonShape[],
): Course => ({
  ...{ id, title, learners, goOn, instructorId: INSTRUCTOR.id },
  lessons: lessons.map(([name, seconds, behaviour], index) => ({
    ...{ id: `${id.slice(12)}${String(index).padStart(12, '0')}`, title: name, seconds },
    ...{ leaves: [], replays: [], ...behaviour },
  })),
});

/** With right-to-left text, with markup, and without end: titles are foreign texts. */
export const HOSTILE_TITLE = `<img src=x onerror=alert(1)> \u202Eتعلم\u202C 🎓 ${'very long '.repeat(40)}"'&`;

export const SQL = course('6740a1f0c3d2e4b5a6978802', 'SQL by example', 412, 0.93, [
  ['Rows, columns and keys', 420, { replays: [{ from: 150, to: 185, share: 0.18 }] }],
  ['Filtering and sorting', 515, { leaves: [{ at: 360, share: 0.05 }] }],
  [
    'Joining tables',
    690,
    {
      leaves: [
        { at: 251, share: 0.17 },
        { at: 505, share: 0.08 },
      ],
      replays: [
        { from: 204, to: 246, share: 0.46 },
        { from: 430, to: 458, share: 0.27 },
      ],
    },
  ],
  ['Grouping and aggregates', 605, { replays: [{ from: 320, to: 350, share: 0.2 }] }],
  ['Window functions', 840, { leaves: [{ at: 300, share: 0.12 }] }],
  ['Query plans, slowly', 1_020, { leaves: [{ at: 95, share: 0.06 }] }],
]);

const ESPRESSO = course('6740a1f0c3d2e4b5a6978801', 'Espresso at home', 236, 0.96, [
  ['Choosing and keeping beans', 240],
  ['Grinding and tamping', 310, { replays: [{ from: 120, to: 150, share: 0.35 }] }],
  ['Pulling the first shot', 280, { leaves: [{ at: 200, share: 0.07 }] }],
]);

const DRAWING = course('6740a1f0c3d2e4b5a6978804', 'Drawing what you see', 88, 0.8, [
  ['Seeing edges', 360],
  ['Negative space', 480, { leaves: [{ at: 120, share: 0.3 }] }],
  ['Light and shadow', 540],
  ['Portraits', 720],
]);

/** Too few learners for percentages and curves. */
export const HOSTILE = course('6740a1f0c3d2e4b5a6978805', HOSTILE_TITLE, 4, 0.9, [
  [HOSTILE_TITLE, 300],
  ['<script>alert(2)</script>', 300],
]);

const EMPTY = course('6740a1f0c3d2e4b5a6978806', 'Bookbinding', 0, 1, [['Folding', 200]]);

/** Taught by somebody else; one learner, who comes almost every day. */
export const DAILY: Course = {
  ...course(
    '6740a1f0c3d2e4b5a6978807',
    'A drawing a day',
    0,
    1,
    Array.from({ length: 80 }, (_, index): LessonShape => [
      `Drawing ${index + 1}`,
      600 + 240 * (index % 5),
    ]),
  ),
  instructorId: ADMINISTRATOR.id,
};

export const COURSES = [SQL, ESPRESSO, DRAWING, HOSTILE, EMPTY, DAILY];

/** As the course service tells them. */
export const CATALOGUE: Catalogue = {
  users: [ADMINISTRATOR, INSTRUCTOR, DEVOTED, ...LEARNERS],
  courses: COURSES.map(({ id, title, instructorId, lessons }): SandboxCourse => ({
    ...{ _id: id, title, instructorId, isActive: true, totalHours: 1 },
    totalLectures: lessons.length,
    sections: [
      {
        ...{ _id: `${id.slice(0, 23)}f`, title: 'All' },
        lessons: lessons.map(({ id: _id, title, seconds }) => ({
          ...{ _id, title, durationSeconds: seconds },
        })),
      },
    ],
  })),
};
