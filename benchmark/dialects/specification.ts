import type { Dialect, Facts, Operation, OperationKind } from '../load/operation.ts';

const WATCH = `mutation Watch($input: RecordWatchInput!) {
  recordWatch(input: $input) {
    success message data { id watch_time_seconds updatedAt } beats { seq result creditedSeconds reason } } }`;

/** The operations in the specification's form, which this service and the naive design both answer. */
const DOCUMENTS: Record<OperationKind, string> = {
  beat: `mutation Beat($userId: String!, $lessonId: String!, $seconds: Int!) {
    updateLessonWatchTime(userId: $userId, lessonId: $lessonId, seconds: $seconds) {
      success message data { id watch_time_seconds updatedAt } } }`,
  recordWatch: WATCH,
  begin: WATCH,
  courseProgress: `query CourseProgress($userId: String!, $courseId: String!) {
    getCourseProgress(userId: $userId, courseId: $courseId) {
      success message data { courseId total_lessons completed_lessons progress_percentage total_watch_time } } }`,
  statistics: `query Statistics($userId: String!) {
    getUserProgressStats(userId: $userId) {
      success message data { total_courses_enrolled total_lessons_completed total_watch_time_hours } } }`,
  list: `query List($userId: String!, $limit: Int!) {
    userProgressList(filter: { userId: $userId }, page: 1, limit: $limit) {
      success message items { id userId lessonId courseId completed watch_time_seconds createdAt }
      pagination { totalItems totalPages currentPage } } }`,
};
const QUERIES = Object.fromEntries(
  Object.entries(DOCUMENTS).map(([kind, text]) => [
    kind,
    JSON.stringify(text.replace(/\s+/g, ' ')),
  ]),
);

interface Answer {
  errors?: { message: string }[];
  data: Record<string, any>;
}

export const specification: Dialect = {
  path: '/userProgress/graphql',
  body(operation: Operation): string {
    const { kind, ...variables } = operation;
    const given = kind === 'recordWatch' || kind === 'begin' ? { input: variables } : variables;
    return `{"query":${QUERIES[kind]},"variables":${JSON.stringify(given)}}`;
  },
  facts(kind: OperationKind, answer: unknown): Facts {
    const { errors, data } = answer as Answer;
    if (errors) throw new Error(errors[0]!.message);
    const [field] = Object.values(data);
    if (field.success !== true) throw new Error('success is not true');
    switch (kind) {
      case 'beat':
        return { seconds: field.data.watch_time_seconds };
      case 'recordWatch':
      case 'begin':
        return {
          seconds: field.data.watch_time_seconds,
          credited: field.beats.reduce(
            (sum: number, beat: { creditedSeconds: number }) => sum + beat.creditedSeconds,
            0,
          ),
        };
      case 'courseProgress':
        return {
          total: field.data.total_lessons,
          seconds: field.data.total_watch_time,
          percentage: field.data.progress_percentage,
        };
      case 'statistics':
        return {
          courses: field.data.total_courses_enrolled,
          completed: field.data.total_lessons_completed,
          hours: field.data.total_watch_time_hours,
        };
      case 'list':
        return {
          items: field.items.length,
          total: field.pagination.totalItems,
          firstLesson: field.items[0].lessonId,
          seconds: field.items[0].watch_time_seconds,
        };
    }
  },
};
