import { Injectable } from '@nestjs/common';
import { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { dataOrNotFound } from '../../common/nats/peer-verdict.js';
import { CourseEvents } from '../../common/nats/subjects.js';
import type { StoredLesson } from './course-catalog.js';
import { MalformedCourseError, readCourse, readLesson, type CourseReply } from './course-reply.js';

/** Asks the course service. All methods throw PeerUnavailableError when it cannot be asked, or makes no sense. */
@Injectable()
export class CourseClient {
  constructor(private readonly nats: NatsService) {}

  async findCourse(courseId: string): Promise<CourseReply | null> {
    const subject = CourseEvents.GET_COURSE_BY_ID;
    const data = dataOrNotFound(subject, await this.nats.request(subject, { id: courseId }));
    return data && understood(subject, () => readCourse(courseId, data));
  }

  /**
   * A lesson of a course whose lessons are not listed. Which section it is in is not known then, so
   * `sectionId` is left out: a peer that filters by it must not filter by a guess.
   */
  async findLesson(courseId: string, lessonId: string): Promise<StoredLesson | null> {
    const subject = CourseEvents.GET_LESSON_BY_ID;
    const answer = await this.nats.request(subject, {
      findLessonInput: { courseId, id: lessonId },
    });
    const data = dataOrNotFound(subject, answer);
    if (data === null) return null;
    const lesson = understood(subject, () => readLesson(data, { sectionId: null, position: 0 }));
    if (lesson.lessonId !== lessonId) throw new PeerUnavailableError('malformed', subject);
    return lesson;
  }
}

function understood<T>(subject: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof MalformedCourseError)) throw cause;
    throw new PeerUnavailableError('malformed', subject, { cause });
  }
}
