/** The requests of the load, in the form that players and the platform send. */
export const CREATE = `mutation ($userId: String!, $lessonId: String!, $courseId: String!) {
  createUserProgress(createUserProgressInput: { userId: $userId, lessonId: $lessonId, courseId: $courseId })
  { data { id } } }`;

export const COMPLETE = `mutation ($userId: String!, $lessonId: String!) {
  markLessonAsCompleted(userId: $userId, lessonId: $lessonId) { data { completed } } }`;

export const ADD = `mutation ($userId: String!, $lessonId: String!, $seconds: Int!, $key: String) {
  updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds, idempotencyKey: $key)
  { data { watch_time_seconds } } }`;

export const WATCH = `mutation ($input: RecordWatchInput!) {
  recordWatch(input: $input) { data { watch_time_seconds } beats { seq result } } }`;

export const READ = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId)
  { data { completed watch_time_seconds } } }`;

export const UPDATE = `mutation ($id: String!, $completed: Boolean, $seconds: Int) {
  updateUserProgress(updateUserProgressInput: { id: $id, completed: $completed, watch_time_seconds: $seconds })
  { data { id } } }`;

export const DELETE = `mutation ($id: ID!) { deleteUserProgress(id: $id) { data { id } } }`;

export const ERASE = `mutation ($userId: String!) { eraseUser(userId: $userId) { success } }`;
