import { Inject, Injectable, Logger } from '@nestjs/common';
import { firstTold } from '../../common/nats/first-told.js';
import { NatsService, type Ask } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import { verdictOf } from '../../common/nats/peer-verdict.js';
import { CourseEvents } from '../../common/nats/subjects.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { StoredLesson } from './course-catalog.js';
import { COURSE_FORMS, readAnswer, type CourseAnswer, type CourseForm } from './course-form.js';
import { CourseLookup, type CourseAnswers } from './course-lookup.js';
import { showLookupForm } from './course-lookup.metrics.js';
import { lessonIn, MalformedCourseError, type CourseReply } from './course-reply.js';

type IsKnown = (courseId: string) => Promise<boolean>;
const never: IsKnown = () => Promise.resolve(false);

/**
 * Asks the course service. All methods throw PeerUnavailableError when it cannot be reached, or answers with nonsense.
 */
@Injectable()
export class CourseClient {
  private readonly logger = new Logger(CourseClient.name);
  private readonly lookup: CourseLookup;

  constructor(
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.lookup = new CourseLookup(environment.COURSE_LOOKUP);
    showLookupForm(this.lookup.learned);
  }

  /**
   * Asks in the form that last found a course, then in each of the other forms once. Together they take at most
   * NATS_REQUEST_TIMEOUT_MS, and the circuit breaker counts them as one request.
   * @param isKnown says of a course whether it was found before. Then an error does not mean that it is gone, unless it
   *   says so.
   * @returns null when the course service says that there is no such course.
   */
  async findCourse(courseId: string, isKnown: IsKnown = never): Promise<CourseReply | null> {
    const answer = await this.nats.asOneRequest(CourseEvents.GET_COURSE_BY_ID, async (ask) => {
      const told = await this.askInTurn(courseId, ask);
      if (told.kind === 'unanswered') throw told.error;
      return told;
    });
    if (answer.kind === 'found') return answer.course;
    // Throw outside the counted request: one course that the service fails at must not open the circuit for all others.
    if (answer.kind === 'failing') throw answer.error;
    if (answer.kind === 'refused' && (await isKnown(courseId))) {
      throw new PeerUnavailableError('failing', CourseEvents.GET_COURSE_BY_ID);
    }
    return null;
  }

  /**
   * Asks for a lesson of a course that does not list its lessons. Its section is not known, so `sectionId` is left out:
   * a guess would make a peer that filters by it find nothing.
   * @param known whether it was found before: see `findCourse`.
   */
  async findLesson(
    courseId: string,
    lessonId: string,
    known = false,
  ): Promise<StoredLesson | null> {
    const subject = CourseEvents.GET_LESSON_BY_ID;
    const findLessonInput = { courseId, id: lessonId };
    const { PEER_GENERIC_ERROR } = this.environment;
    const answer = await this.nats.request(subject, { findLessonInput });
    const verdict = verdictOf(answer, PEER_GENERIC_ERROR);
    if (verdict.kind === 'unavailable') throw new PeerUnavailableError(verdict.reason, subject);
    if (verdict.kind === 'refused' && known) throw new PeerUnavailableError('failing', subject);
    if (verdict.kind !== 'found') return null;
    try {
      return lessonIn(verdict.data, lessonId);
    } catch (cause) {
      if (!(cause instanceof MalformedCourseError)) throw cause;
      throw new PeerUnavailableError('malformed', subject, { cause });
    }
  }

  private async askInTurn(courseId: string, ask: Ask): Promise<CourseAnswer> {
    const { NATS_REQUEST_TIMEOUT_MS } = this.environment;
    const deadline = performance.now() + NATS_REQUEST_TIMEOUT_MS;
    const forms = this.lookup.order();
    const answers = new Map<CourseForm, CourseAnswer>();

    const askIn = async (form: CourseForm) => {
      const leftMs = Math.max(1, deadline - performance.now());
      const answer = await this.answerTo(form, courseId, ask, leftMs);
      answers.set(form, answer);
      this.learn(answers);
      return this.lookup.settles(form, answer) ? answer : null;
    };
    const settled = await firstTold(forms, askIn, NATS_REQUEST_TIMEOUT_MS / forms.length);
    return settled ?? this.lookup.conclude(answers);
  }

  private learn(answers: CourseAnswers): void {
    const before = this.lookup.learned;
    if (!this.lookup.learn(answers)) return;
    const form = this.lookup.learned;
    this.logger.log({ msg: 'course lookup answers by another form', form, before });
    showLookupForm(form);
  }

  private async answerTo(
    form: CourseForm,
    courseId: string,
    ask: Ask,
    timeoutMs: number,
  ): Promise<CourseAnswer> {
    try {
      const answer = await ask(form, COURSE_FORMS[form](courseId), timeoutMs);
      return readAnswer(form, courseId, verdictOf(answer, this.environment.PEER_GENERIC_ERROR));
    } catch (error) {
      if (!(error instanceof PeerUnavailableError)) throw error;
      return { kind: 'unanswered', error };
    }
  }
}
