import { DILIGENT, INSTRUCTOR, LARGE_COURSE, LONG_LESSON } from './data/shape.ts';

/** A question to the service: everything that its type has. */
export interface Question {
  name: string;
  who: { id: string; role: string };
  document: string;
  variables: Record<string, unknown>;
  /** A figure of the answer that scanning gives as well. */
  figure(data: any): number;
}

const LESSON = `lessonId title listed started completed stopped duration_seconds average_coverage intro_hold rewatch_ratio
  watch_time_seconds`;
const DAY = `day enrolled active watch_time_seconds lessons_completed courses_completed certificates_issued
  weekly_active monthly_active`;
const PERIOD = `from to enrolled courses_completed watch_time_seconds monthly_active`;
const AS_OF = `as_of time_zone since`;
const PAGE = `pageInfo { startCursor endCursor hasNextPage hasPreviousPage }`;

const instructor = { id: INSTRUCTOR, role: 'instructor' };

export const QUESTIONS: Question[] = [
  {
    name: 'courseAnalytics',
    who: instructor,
    variables: { courseId: LARGE_COURSE },
    document: `query ($courseId: String!) { courseAnalytics(courseId: $courseId) { message data {
      courseId title being_evaluated ${AS_OF} learners completers completion_rate completion_rate_settled
      median_days_to_complete p90_days_to_complete days_to_complete { days learners } at_risk lost
      certificates_issued watch_time_seconds lessons { ${LESSON} }
      worst_drop_off { lessonId title stopped started } days { ${DAY} }
      cohorts { week last_week learners within { weeks learners } }
      period { ${PERIOD} } period_before { ${PERIOD} } } } }`,
    figure: ({ courseAnalytics: { data } }) => data.watch_time_seconds,
  },
  {
    name: 'lessonAnalytics',
    who: instructor,
    variables: { courseId: LARGE_COURSE, lessonId: LONG_LESSON },
    document: `query ($courseId: String!, $lessonId: String!) {
      lessonAnalytics(courseId: $courseId, lessonId: $lessonId) { message data {
        ${AS_OF} learners duration_seconds seconds_per_point seen replayed withheld
        hotspots { from to share } leave_points { at lost } lesson { ${LESSON} } } } }`,
    figure: ({ lessonAnalytics: { data } }) => data.seen[150],
  },
  {
    name: 'courseLearnersAtRisk',
    who: instructor,
    variables: { courseId: LARGE_COURSE, first: 50 },
    document: `query ($courseId: String!, $first: Int!) { courseLearnersAtRisk(courseId: $courseId, first: $first) {
      message as_of time_zone total_learners ${PAGE}
      edges { cursor node { userId last_active_on last_lesson { lessonId title } completed_lessons total_lessons } } } }`,
    figure: ({ courseLearnersAtRisk }) => courseLearnersAtRisk.total_learners,
  },
  {
    name: 'myCourses',
    who: instructor,
    variables: { first: 20 },
    document: `query ($first: Int!) { myCourses(first: $first, orderBy: LEARNERS_DESC) {
      message ${AS_OF} ${PAGE} edges { cursor node {
        courseId title being_evaluated learners completers completion_rate at_risk
        weeks { week enrolled watch_time_seconds } worst_drop_off { lessonId title stopped started } } } } }`,
    figure: ({ myCourses: { edges } }) => edges[0].node.at_risk,
  },
  {
    name: 'platformAnalytics',
    who: { id: 'administrator', role: 'admin' },
    variables: {},
    document: `{ platformAnalytics { message data { ${AS_OF} period { ${PERIOD} } period_before { ${PERIOD} }
      days { ${DAY} } top_courses { courseId title watch_time_seconds enrolled courses_completed } } } }`,
    figure: ({ platformAnalytics: { data } }) => data.period.monthly_active,
  },
  {
    name: 'learningActivity',
    who: { id: DILIGENT, role: 'user' },
    variables: { userId: DILIGENT },
    document: `query ($userId: String!) { learningActivity(userId: $userId) { message data {
      userId ${AS_OF} current_streak longest_streak active_days days { day seconds lessons_completed } } } }`,
    figure: ({ learningActivity: { data } }) => data.active_days,
  },
];
