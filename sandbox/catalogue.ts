/** The users and courses of the sandbox. The courses are short enough to complete by hand. */
export interface SandboxUser {
  id: string;
  email: string;
  role: 'admin' | 'instructor' | 'user';
  firstName: string;
  lastName: string;
}

export interface SandboxLesson {
  _id: string;
  title: string;
  durationSeconds: number;
}

export interface SandboxSection {
  _id: string;
  title: string;
  lessons: SandboxLesson[];
}

export interface SandboxCourse {
  _id: string;
  title: string;
  instructorId: string;
  isActive: boolean;
  totalLectures: number;
  totalHours: number;
  /** A course without sections: only its number of lessons is known. */
  sections?: SandboxSection[];
}

export interface Catalogue {
  users: SandboxUser[];
  courses: SandboxCourse[];
}

const administrator: SandboxUser = {
  id: '01JDC8Q4W0X3V7N2K9RTH5M6AD',
  email: 'ada@sandbox.example',
  role: 'admin',
  firstName: 'Ada',
  lastName: 'Okafor',
};
const brewing: SandboxUser = {
  id: '01JDC8Q4W1B6Z0E4YS8GQJ2PCN',
  email: 'bruno@sandbox.example',
  role: 'instructor',
  firstName: 'Bruno',
  lastName: 'Castellani',
};
const databases: SandboxUser = {
  id: '01JDC8Q4W27KM3D5T1XVAF9HWR',
  email: 'dalia@sandbox.example',
  role: 'instructor',
  firstName: 'Dalia',
  lastName: 'Haddad',
};
const learners: SandboxUser[] = [
  {
    id: '01JDC8Q4W3GZ8P6C0N4RBEYS7T',
    email: 'lena@sandbox.example',
    role: 'user',
    firstName: 'Lena',
    lastName: 'Vogel',
  },
  {
    id: '01JDC8Q4W4QH2X9J5MV1KTD3AF',
    email: 'mateo@sandbox.example',
    role: 'user',
    firstName: 'Mateo',
    lastName: 'Rivas',
  },
  {
    id: '01JDC8Q4W5E0N7YB6SZC8WGR2P',
    email: 'noor@sandbox.example',
    role: 'user',
    firstName: 'Noor',
    lastName: 'Rahman',
  },
];

const espresso = course('6740a1f0c3d2e4b5a6978801', 'Espresso at home', brewing, [
  [
    'From bean to cup',
    [
      ['Choosing and keeping beans', 240],
      ['Grinding and tamping', 310],
      ['Pulling the first shot', 280],
    ],
  ],
]);
const sql = course('6740a1f0c3d2e4b5a6978802', 'SQL by example', databases, [
  [
    'Asking questions',
    [
      ['Rows, columns and keys', 420],
      ['Filtering and sorting', 515],
      ['Joining tables', 690],
    ],
  ],
  [
    'Summing up',
    [
      ['Grouping and aggregates', 605],
      ['Window functions', 840],
    ],
  ],
]);
const postgres = course('6740a1f0c3d2e4b5a6978803', 'PostgreSQL in production', databases, [
  [
    'How it stores',
    [
      ['Pages, tuples and MVCC', 910],
      ['Write-ahead log and checkpoints', 760],
    ],
  ],
  [
    'How it finds',
    [
      ['Reading a query plan', 1_020],
      ['Choosing an index', 880],
      ['Statistics and the planner', 735],
    ],
  ],
  [
    'How it survives',
    [
      ['Backups that restore', 960],
      ['Replication and failover', 1_140],
    ],
  ],
]);

/** Its one lesson is as long as its film, `lesson/page/tides.webm`. */
const tides = course('6740a1f0c3d2e4b5a6978804', 'The sea, explained', brewing, [
  ['Sun, Moon and water', [['Why there are tides', 300]]],
]);

/** The seeded catalogue, with names for the entries that examples and messages use. */
export const SANDBOX = {
  administrator,
  instructors: [brewing, databases],
  learners,
  /** A course of three lessons: a person completes it in a minute. */
  shortCourse: espresso,
  /** A course of one lesson, for which there is a film: watching it leads to a certificate. */
  filmedCourse: tides,
  courses: [espresso, sql, postgres, tides],
  users: [administrator, brewing, databases, ...learners],
};

/** Builds a course. Its section and lesson ids are derived from the course's id. */
export function course(
  id: string,
  title: string,
  instructor: SandboxUser,
  outline: readonly (readonly [
    section: string,
    lessons: readonly (readonly [title: string, durationSeconds: number, ...unknown[]])[],
  ])[],
): SandboxCourse {
  let count = 0;
  let seconds = 0;
  const nextId = (kind: string) =>
    `${kind}${id.slice(3)}${(++count).toString(16).padStart(2, '0')}`;
  const sections = outline.map(([sectionTitle, lessons]) => ({
    _id: nextId('a'),
    title: sectionTitle,
    lessons: lessons.map(([lessonTitle, durationSeconds]) => {
      seconds += durationSeconds;
      return { _id: nextId('b'), title: lessonTitle, durationSeconds };
    }),
  }));
  return {
    _id: id,
    title,
    instructorId: instructor.id,
    isActive: true,
    totalLectures: sections.reduce((total, section) => total + section.lessons.length, 0),
    totalHours: Math.round((seconds / 3_600) * 100) / 100,
    sections,
  };
}
