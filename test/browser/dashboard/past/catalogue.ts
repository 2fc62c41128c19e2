import { course, SANDBOX, type Catalogue } from '../../../../sandbox/catalogue.ts';
import { WITH_PAST } from '../../../../sandbox/history/catalogue.ts';
import { PAST_COURSES } from '../../../../sandbox/history/courses.ts';
import { CROWD } from '../../../../sandbox/history/crowd.ts';

/** Learners of the sandbox whose past the tests have: enough for each figure to be shown. */
export const LEARNERS_WITH_PAST = 1_200;

export const ADMINISTRATOR = SANDBOX.administrator;
export const INSTRUCTOR = SANDBOX.instructors[0]!;
/** Comes every day. */
export const DEVOTED = SANDBOX.learners[0]!;
/** Have never done anything. */
export const IDLE = CROWD.slice(-4);

/** The course that most learners began, and the lesson of it that is looked at second by second. */
export const COURSE = PAST_COURSES[0]!;
export const LESSONS = COURSE.sections!.flatMap(({ lessons }) => lessons);
export const LESSON = LESSONS.find(({ title }) => title === 'Folding instead of kneading')!;

/** With right-to-left text, with markup, and without end: titles are foreign texts. */
export const HOSTILE_TITLE = `<img src=x onerror=alert(1)> \u202Eتعلم\u202C 🎓 ${'very long '.repeat(40)}"'&`;

/** Too few learners for percentages and curves. */
export const HOSTILE = course('6740a1f0c3d2e4b5a6978821', HOSTILE_TITLE, INSTRUCTOR, [
  [
    HOSTILE_TITLE,
    [
      [HOSTILE_TITLE, 300],
      ['<script>alert(2)</script>', 300],
    ],
  ],
]);
export const HOSTILE_LESSON = HOSTILE.sections![0]!.lessons[0]!;
export const HOSTILE_LEARNERS = CROWD.slice(-8, -4);

/** As the course service tells them. */
export const CATALOGUE: Catalogue = {
  users: WITH_PAST.users,
  courses: [...WITH_PAST.courses, HOSTILE],
};
