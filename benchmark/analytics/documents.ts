import { LARGE_COURSE, LONG_LESSON, TEACHER, userId } from './shape.ts';
import { ASKED_LEARNERS } from './load.ts';

/** What is asked, and what the answer says that a scan of the records says as well. */
export interface Question {
  name: string;
  /** Who asks. */
  asker: { userId: string; role: string };
  document: string;
  /** Of the request number n. */
  variables(n: number): Record<string, unknown>;
  /** Figures of the answer's field to compare with those of the scan. */
  facts(field: any): Record<string, unknown>;
}

const COURSES_A_PAGE = 50;
const LEARNERS_A_PAGE = 100;

const teacher = { userId: TEACHER, role: 'instructor' };
const administrator = { userId: '01JBENCHADMINISTRATOR', role: 'admin' };

const HEAD = 'as_of time_zone since';
const DAY = `day enrolled active watch_time_seconds lessons_completed courses_completed certificates_issued weekly_active
  monthly_active`;
const PERIOD = 'from to enrolled monthly_active courses_completed watch_time_seconds';
const DROP_OFF = 'lessonId title stopped started';
const LESSON = `lessonId title listed duration_seconds started completed stopped average_coverage intro_hold rewatch_ratio
  watch_time_seconds`;
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const COURSE = `query ($courseId: String!, $from: Date) { courseAnalytics(courseId: $courseId, from: $from) { success message data {
  courseId title being_evaluated ${HEAD} learners completers completion_rate completion_rate_settled
  median_days_to_complete p90_days_to_complete days_to_complete { days learners } at_risk lost certificates_issued
  watch_time_seconds lessons { ${LESSON} } worst_drop_off { ${DROP_OFF} } days { ${DAY} } period { ${PERIOD} }
  period_before { ${PERIOD} } cohorts { week last_week learners within { weeks learners } } } } }`;

const LESSON_CURVE = `query ($courseId: String!, $lessonId: String!) {
  lessonAnalytics(courseId: $courseId, lessonId: $lessonId) { success message data {
    ${HEAD} lesson { ${LESSON} } learners duration_seconds withheld seconds_per_point seen replayed
    hotspots { from to share } leave_points { at from to lost } } } }`;

const AT_RISK = `query ($courseId: String!) { courseLearnersAtRisk(courseId: $courseId, first: ${LEARNERS_A_PAGE}) {
  success message total_learners as_of time_zone ${PAGE}
  edges { cursor node { userId last_active_on last_lesson { lessonId title } completed_lessons total_lessons } } } }`;

const MY_COURSES = `query { myCourses(first: ${COURSES_A_PAGE}, orderBy: LEARNERS_DESC) { success message ${HEAD} ${PAGE}
  edges { cursor node { courseId title being_evaluated learners completers completion_rate at_risk
    worst_drop_off { ${DROP_OFF} } weeks { week enrolled watch_time_seconds } } } } }`;

const PLATFORM = `query ($from: Date) { platformAnalytics(from: $from) { success message data { ${HEAD}
  period { ${PERIOD} } period_before { ${PERIOD} } days { ${DAY} }
  top_courses { courseId title watch_time_seconds enrolled courses_completed } } } }`;

const ACTIVITY = `query ($userId: String!) { learningActivity(userId: $userId) { success message data { userId ${HEAD}
  current_streak longest_streak active_days days { day seconds lessons_completed } } } }`;

/** The first day of a year that ends today. */
const aYearAgo = (): string => new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);

const ofLargeCourse = { courseId: LARGE_COURSE };
const courseFacts = ({ data }: any): Record<string, unknown> => ({
  learners: data.learners,
  completers: data.completers,
  at_risk: data.at_risk,
  lost: data.lost,
  median_days: data.median_days_to_complete,
  watched: data.lessons.reduce((sum: number, lesson: any) => sum + lesson.watch_time_seconds, 0),
  monthly_active: data.period.monthly_active,
});
const platformFacts = ({ data }: any): Record<string, unknown> => ({
  monthly_active: data.period.monthly_active,
});

/** Every query of the API, as a document that asks for everything. The period is of 30 days, or of a year. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'courseAnalytics',
    asker: teacher,
    document: COURSE,
    variables: () => ofLargeCourse,
    facts: courseFacts,
  },
  {
    name: 'courseAnalytics, a year',
    asker: teacher,
    document: COURSE,
    variables: () => ({ ...ofLargeCourse, from: aYearAgo() }),
    facts: courseFacts,
  },
  {
    name: 'lessonAnalytics',
    asker: teacher,
    document: LESSON_CURVE,
    variables: () => ({ ...ofLargeCourse, lessonId: LONG_LESSON }),
    facts: ({ data }) => ({ learners: data.learners, points: data.seen.length }),
  },
  {
    name: 'courseLearnersAtRisk',
    asker: teacher,
    document: AT_RISK,
    variables: () => ofLargeCourse,
    facts: ({ total_learners, edges }) => ({
      total: total_learners,
      first: edges[0].node.last_active_on,
    }),
  },
  {
    name: 'myCourses',
    asker: teacher,
    document: MY_COURSES,
    variables: () => ({}),
    facts: ({ edges }) => ({
      learners: edges[0].node.learners,
      at_risk: edges[0].node.at_risk,
      courses: edges.length,
    }),
  },
  {
    name: 'platformAnalytics',
    asker: administrator,
    document: PLATFORM,
    variables: () => ({}),
    facts: platformFacts,
  },
  {
    name: 'platformAnalytics, a year',
    asker: administrator,
    document: PLATFORM,
    variables: () => ({ from: aYearAgo() }),
    facts: platformFacts,
  },
  {
    name: 'learningActivity',
    asker: administrator,
    document: ACTIVITY,
    variables: (n) => ({ userId: userId((n * 7) % ASKED_LEARNERS) }),
    facts: ({ data }) => ({ streak: data.longest_streak }),
  },
];
