import { writeFileSync } from 'node:fs';
import { SANDBOX } from './catalogue.ts';

/** Writes the queries that GraphiQL opens with, in the order of a learner's day. @returns the path */
export function writeExamples(path: string): string {
  writeFileSync(path, examples());
  return path;
}

function examples(): string {
  const { shortCourse: course, learners } = SANDBOX;
  const userId = learners[0]!.id;
  const [first, ...others] = (course.sections ?? []).flatMap((section) => section.lessons);
  const ofCourse = `userId: "${userId}", courseId: "${course._id}"`;
  const ofFirst = `userId: "${userId}", lessonId: "${first!._id}"`;
  const rest = others.map(
    ({ _id, durationSeconds }, index) => `
  lesson${index + 2}: createUserProgress(
    createUserProgressInput: {
      ${ofCourse}, lessonId: "${_id}"
      completed: true, watch_time_seconds: ${durationSeconds}
    }
  ) { message data { lessonId completed completed_at } }`,
  );

  return `# ${learners[0]!.firstName} takes “${course.title}”. Put the cursor into an operation and press Ctrl-Enter.

mutation StartTheFirstLesson {
  createUserProgress(
    createUserProgressInput: {
      ${ofCourse}, lessonId: "${first!._id}"
      completed: false, watch_time_seconds: 0
    }
  ) { success message data { id lessonId completed watch_time_seconds createdAt } }
}

mutation WatchFiveMinutesOfIt {
  updateLessonWatchTime(${ofFirst}, seconds: 300) {
    success message data { id watch_time_seconds updatedAt }
  }
}

mutation CompleteIt {
  markLessonAsCompleted(${ofFirst}) {
    success message data { id completed completed_at }
  }
}

# The rest of the lessons: the course is complete then, and a certificate is issued, once.
mutation CompleteTheOthers {${rest.join('')}
}

query HowFarAmI {
  getCourseProgress(${ofCourse}) {
    success message
    data { total_lessons completed_lessons progress_percentage total_watch_time }
  }
}

query WhatDidIDo {
  userProgressList(filter: { ${ofCourse} }, page: 1, limit: 10) {
    message
    items { id lessonId completed watch_time_seconds }
    pagination { totalItems totalPages currentPage }
  }
}

query MyStatistics {
  getUserProgressStats(userId: "${userId}") {
    message
    data { total_courses_enrolled total_lessons_completed total_watch_time_hours }
  }
}
`;
}
