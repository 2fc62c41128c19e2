import type { NatsConnection } from '@nats-io/transport-node';
import type { SandboxCourse } from '../catalogue.ts';
import { found, notFound, Peer } from './peer.ts';

interface FindLesson {
  findLessonInput: { courseId: string; id: string };
}

/** The course service. */
export class CoursesPeer extends Peer {
  readonly courses = new Map<string, SandboxCourse>();
  /** Sends how many lessons a course has, but not which. */
  hideSections = false;

  constructor(connection: NatsConnection, courses: readonly SandboxCourse[]) {
    super(connection);
    for (const course of courses) this.courses.set(course._id, course);
    this.serve('course.get.by.id', 'courses', ({ id }: { id: string }) => this.course(id));
    this.serve('course.get.by.lesson.id', 'courses', (request: FindLesson) => this.lesson(request));
  }

  private course(id: string): unknown {
    const course = this.courses.get(id);
    if (!course) return notFound('course');
    return found(this.hideSections ? { ...course, sections: undefined } : course);
  }

  private lesson({ findLessonInput: { courseId, id } }: FindLesson): unknown {
    const lessons = this.courses.get(courseId)?.sections?.flatMap((section) => section.lessons);
    const lesson = lessons?.find((candidate) => candidate._id === id);
    return lesson ? found(lesson) : notFound('lesson');
  }
}
