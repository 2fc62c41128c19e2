const DAY = `day enrolled active watch_time_seconds lessons_completed courses_completed certificates_issued
  weekly_active monthly_active`;
const PERIOD = 'from to enrolled monthly_active courses_completed watch_time_seconds';
const PERIODS = `period { ${PERIOD} } period_before { ${PERIOD} }`;
const LESSON = `lessonId title listed duration_seconds started completed stopped average_coverage intro_hold
  rewatch_ratio watch_time_seconds`;
const DROP_OFF = 'worst_drop_off { lessonId title stopped started }';
const PAGE = 'pageInfo { hasNextPage endCursor }';

/** Each query with all its figures. */
export const QUESTIONS = {
  courseAnalytics: `query ($courseId: String!, $from: Date, $to: Date) {
    courseAnalytics(courseId: $courseId, from: $from, to: $to) { data {
      courseId title being_evaluated as_of time_zone since learners completers completion_rate completion_rate_settled
      median_days_to_complete p90_days_to_complete days_to_complete { days learners } at_risk lost certificates_issued
      watch_time_seconds ${DROP_OFF} lessons { ${LESSON} } days { ${DAY} } ${PERIODS}
      whole_days { ${PERIODS} } cohorts { week last_week learners within { weeks learners } } } } }`,
  lessonAnalytics: `query ($courseId: String!, $lessonId: String!, $points: Int) {
    lessonAnalytics(courseId: $courseId, lessonId: $lessonId, points: $points) { data {
      as_of time_zone since learners duration_seconds withheld seconds_per_point seen replayed
      hotspots { from to share } leave_points { at from to lost } lesson { ${LESSON} } } } }`,
  courseLearnersAtRisk: `query ($courseId: String!, $silentDays: Int, $first: Int, $after: String) {
    courseLearnersAtRisk(courseId: $courseId, silentDays: $silentDays, first: $first, after: $after) {
      as_of time_zone total_learners ${PAGE}
      edges { node { userId last_active_on last_lesson { lessonId title } completed_lessons total_lessons } } } }`,
  myCourses: `query ($orderBy: MyCoursesOrder, $first: Int, $after: String) {
    myCourses(orderBy: $orderBy, first: $first, after: $after) {
      as_of time_zone since ${PAGE}
      edges { node { courseId title being_evaluated learners completers completion_rate at_risk ${DROP_OFF}
        weeks { week enrolled watch_time_seconds } } } } }`,
  platformAnalytics: `query ($from: Date, $to: Date) {
    platformAnalytics(from: $from, to: $to) { data {
      as_of time_zone since ${PERIODS} whole_days { ${PERIODS} } days { ${DAY} }
      top_courses { courseId title watch_time_seconds enrolled courses_completed } } } }`,
  learningActivity: `query ($userId: String!, $from: Date, $to: Date) {
    learningActivity(userId: $userId, from: $from, to: $to) { data {
      userId as_of time_zone since current_streak longest_streak active_days
      days { day seconds lessons_completed } } } }`,
} as const;

export type Question = keyof typeof QUESTIONS;
