import type { Dialect, Facts, Operation, OperationKind } from '../load/operation.ts';

/** The same questions in PostGraphile's form: it names fields after tables and functions. */
const DOCUMENTS: Partial<Record<OperationKind, string>> = {
  beat: `mutation Beat($userId: String!, $lessonId: String!, $seconds: Int!) {
    updateLessonWatchTime(input: { userId: $userId, lessonId: $lessonId, seconds: $seconds }) {
      result { rowId watchTimeSeconds updatedAt } } }`,
  courseProgress: `query CourseProgress($userId: String!, $courseId: String!) {
    courseProgressByUserIdAndCourseId(userId: $userId, courseId: $courseId) {
      courseId lessonsTotal listedCompleted percentage watchTimeSeconds } }`,
  statistics: `query Statistics($userId: String!) {
    userProgressStats(userId: $userId) { courses lessonsCompleted watchTimeHours } }`,
  list: `query List($userId: String!, $limit: Int!) {
    allUserProgresses(condition: { userId: $userId, deletedAt: null }, first: $limit, orderBy: [PRIMARY_KEY_ASC]) {
      nodes { rowId userId lessonId courseId completed watchTimeSeconds createdAt } totalCount } }`,
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

export const postgraphile: Dialect = {
  path: '/graphql',
  body(operation: Operation): string {
    const { kind, ...variables } = operation;
    return `{"query":${QUERIES[kind]},"variables":${JSON.stringify(variables)}}`;
  },
  facts(kind: OperationKind, answer: unknown): Facts {
    const { errors, data } = answer as Answer;
    if (errors) throw new Error(errors[0]!.message);
    const [field] = Object.values(data);
    switch (kind) {
      case 'beat':
        return { seconds: field.result.watchTimeSeconds };
      case 'courseProgress':
        return {
          total: field.lessonsTotal,
          seconds: Number(field.watchTimeSeconds),
          percentage: field.percentage,
        };
      case 'statistics':
        return {
          courses: field.courses,
          completed: field.lessonsCompleted,
          hours: field.watchTimeHours,
        };
      case 'list':
        return {
          items: field.nodes.length,
          total: field.totalCount,
          firstLesson: field.nodes[0].lessonId,
          seconds: field.nodes[0].watchTimeSeconds,
        };
      case 'recordWatch':
      case 'begin':
        throw new Error('PostGraphile has no such function');
    }
  },
};
