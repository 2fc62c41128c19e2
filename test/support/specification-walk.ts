import { expect } from 'vitest';
import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import type { GraphqlClient } from './graphql-client.ts';

/**
 * Runs the specification's eleven operations, in its own words, for a learner who has not begun a course that lists its
 * lessons. At the end, all lessons are completed.
 */
export async function walkSpecification(
  learner: GraphqlClient,
  userId: string,
  course: SandboxCourse,
): Promise<void> {
  const lessons = course.sections!.flatMap((section) => section.lessons.map(({ _id }) => _id));
  const [lesson] = lessons;

  async function ask(query: string): Promise<any> {
    const { data, errors } = await learner.request(query);
    expect(errors).toBeUndefined();
    return Object.values(data as Record<string, unknown>)[0];
  }

  const created = await ask(`mutation {
    createUserProgress(createUserProgressInput: {
      userId: "${userId}", lessonId: "${lesson}", courseId: "${course._id}",
      completed: false, watch_time_seconds: 0
    }) { success message data { id userId lessonId courseId completed watch_time_seconds createdAt updatedAt } }
  }`);
  expect(created).toMatchObject({
    success: true,
    data: { userId, lessonId: lesson, completed: false, watch_time_seconds: 0 },
  });
  const { id } = created.data;

  const updated = await ask(`mutation {
    updateUserProgress(updateUserProgressInput: { id: "${id}", completed: true, watch_time_seconds: 1200 })
    { success message data { id completed watch_time_seconds updatedAt } }
  }`);
  expect(updated.data).toMatchObject({ id, completed: true, watch_time_seconds: 1200 });

  const byLesson = await ask(`mutation {
    updateUserProgressByUserAndLesson(userId: "${userId}", lessonId: "${lesson}",
      updateUserProgressInput: { id: "${id}", completed: true, watch_time_seconds: 1800 })
    { success message data { id completed watch_time_seconds } }
  }`);
  expect(byLesson.data).toEqual({ id, completed: true, watch_time_seconds: 1800 });

  expect(
    await ask(`mutation { deleteUserProgress(id: "${id}") { success message } }`),
  ).toMatchObject({
    success: true,
  });

  for (const each of lessons) {
    await ask(`mutation { createUserProgress(createUserProgressInput: {
      userId: "${userId}", lessonId: "${each}", courseId: "${course._id}" }) { success } }`);
    const marked = await ask(`mutation {
      markLessonAsCompleted(userId: "${userId}", lessonId: "${each}")
      { success message data { id completed updatedAt } } }`);
    expect(marked.data.completed).toBe(true);
  }

  const watched = await ask(`mutation {
    updateLessonWatchTime(userId: "${userId}", lessonId: "${lesson}", seconds: 300)
    { success message data { id watch_time_seconds updatedAt } } }`);
  expect(watched.data.watch_time_seconds).toBe(300);

  const list = await ask(`query {
    userProgressList(filter: { userId: "${userId}", courseId: "${course._id}", completed: true }, page: 1, limit: 10)
    { success message items { id userId lessonId courseId completed watch_time_seconds createdAt }
      pagination { totalItems totalPages currentPage } } }`);
  expect(list.items).toHaveLength(Math.min(10, lessons.length));
  expect(list.pagination).toEqual({
    totalItems: lessons.length,
    totalPages: Math.ceil(lessons.length / 10),
    currentPage: 1,
  });

  const one = await ask(`query { userProgress(id: "${watched.data.id}") { success message data {
    id userId lessonId courseId completed watch_time_seconds createdAt updatedAt } } }`);
  expect(one.data.lessonId).toBe(lesson);

  const same =
    await ask(`query { userProgressByUserAndLesson(userId: "${userId}", lessonId: "${lesson}")
    { success message data { id completed watch_time_seconds createdAt updatedAt } } }`);
  expect(same.data.id).toBe(one.data.id);

  const progress =
    await ask(`query { getCourseProgress(userId: "${userId}", courseId: "${course._id}")
    { success message data { courseId total_lessons completed_lessons progress_percentage total_watch_time } } }`);
  expect(progress.data).toEqual({
    courseId: course._id,
    total_lessons: lessons.length,
    completed_lessons: lessons.length,
    progress_percentage: 100,
    total_watch_time: 300,
  });

  const stats = await ask(`query { getUserProgressStats(userId: "${userId}")
    { success message data { total_courses_enrolled total_lessons_completed total_watch_time_hours total_watch_time_seconds } } }`);
  expect(stats.data).toEqual({
    total_courses_enrolled: 1,
    total_lessons_completed: lessons.length,
    total_watch_time_hours: 0.08,
    total_watch_time_seconds: 300,
  });
}
