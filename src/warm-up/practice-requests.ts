/** One learner, in one lesson. No such person exists. */
export const PRACTICE_IDS = {
  id: '01900000-0000-7000-8000-000000000000',
  userId: 'warm-up-learner',
  courseId: 'warm-up-course',
  lessonId: 'warm-up-lesson',
};

const { userId, courseId, lessonId } = PRACTICE_IDS;
const RECORD = `id userId lessonId courseId completed completed_at watch_time_seconds position_seconds
  unique_seconds rewatched_seconds coverage_percentage watched { from to } createdAt updatedAt`;

interface PracticeRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What learners' players and pages send all day; players send the most. @param turn counts the requests */
export function practiceRequest(turn: number): PracticeRequest {
  return REQUESTS[turn % REQUESTS.length]!(turn);
}

const beat = (turn: number): PracticeRequest => ({
  query: `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) {
    success message data { ${RECORD} } beats { seq result creditedSeconds reason } } }`,
  variables: {
    input: {
      ...{ userId, courseId, lessonId },
      sessionId: `warm-up-${turn}`,
      beats: [{ seq: turn, from: 0, to: 10, rate: 1, at: new Date().toISOString() }],
    },
  },
});

const watchTime = (): PracticeRequest => ({
  query: `mutation ($userId: String!, $lessonId: String!, $seconds: Int!) {
    updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds) {
      success message data { ${RECORD} } } }`,
  variables: { userId, lessonId, seconds: 10 },
});

const REQUESTS: readonly ((turn: number) => PracticeRequest)[] = [
  beat,
  watchTime,
  () => ({
    query: `query ($userId: String!, $courseId: String!) {
      getCourseProgress(userId: $userId, courseId: $courseId) { success message data {
        courseId total_lessons completed_lessons progress_percentage total_watch_time completed_at } } }`,
    variables: { userId, courseId },
  }),
  beat,
  watchTime,
  () => ({
    query: `query ($userId: String!) { getUserProgressStats(userId: $userId) { success message data {
      total_courses_enrolled total_lessons_completed total_watch_time_hours total_watch_time_seconds } } }`,
    variables: { userId },
  }),
  beat,
  () => ({
    query: `query ($userId: String!) { userProgressList(filter: { userId: $userId }, page: 1) {
      success message items { ${RECORD} } pagination { totalItems totalPages currentPage } } }`,
    variables: { userId },
  }),
  watchTime,
  () => ({
    query: `query ($userId: String!, $lessonId: String!) {
      userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { success message data { ${RECORD} } } }`,
    variables: { userId, lessonId },
  }),
];
