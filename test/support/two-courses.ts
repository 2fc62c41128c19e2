import type { SandboxCourse } from '../../sandbox/catalogue.ts';
import { platform } from '../builders/catalogue.ts';
import { withLessons } from '../builders/course.ts';
import { objectId, userId } from '../builders/ids.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { courseProgress, succeed } from './learning.ts';
import { startTestApp, type TestApp } from './test-app.ts';
import { waitFor } from './wait-for.ts';

const REFRESH = `mutation ($courseId: String!) { refreshCourse(courseId: $courseId) { success } }`;
const RECORD = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) {
    data { id courseId completed watch_time_seconds coverage_percentage } } }`;
const WATCH = `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) {
  data { id courseId completed watch_time_seconds coverage_percentage }
  beats { result creditedSeconds } } }`;

const world = platform({ lessons: 1 });

/** The service, and for each test two courses that nobody knows yet, a lesson, and a learner. */
export class TwoCourses {
  learner: string;
  former: SandboxCourse;
  latter: SandboxCourse;
  /** The lesson that is watched. */
  lesson: string;
  private sessions = 0;

  private constructor(
    readonly service: TestApp,
    readonly administrator: GraphqlClient,
  ) {
    this.begin();
  }

  static async open(): Promise<TwoCourses> {
    const service = await startTestApp({
      catalogue: world.catalogue,
      environment: {
        COURSE_EVALUATION_POLL_MS: '50',
        COURSE_SHRINK_CONFIRM_SECONDS: '0',
        OUTBOX_POLL_MS: '50',

        ABSENCE_CACHE_SECONDS: '0',
        REQUIRE_COVERAGE: 'true',
        DB_STATEMENT_TIMEOUT_MS: '2000',
      },
    });
    return new TwoCourses(service, await administratorOf(service));
  }

  /** New ids for a test. */
  begin(): void {
    this.learner = userId();
    this.lesson = objectId();
    [this.former, this.latter] = [newCourse(), newCourse()];
    const person = { ...world.catalogue.users.at(-1)!, id: this.learner };
    this.service.peers!.users.users.set(this.learner, person);
  }

  /** Has the course service offer the course with these lessons, all of that length. */
  offer(course: SandboxCourse, lessonIds: string[], durationSeconds: number | null = null): void {
    const [section] = withLessons(course, lessonIds).sections!;
    const lessons = section!.lessons.map((lesson) => ({ ...lesson, durationSeconds }));
    const offered = { ...course, sections: [{ ...section!, lessons }] };
    this.service.peers!.courses.courses.set(course._id, offered as SandboxCourse);
  }

  refresh({ _id }: SandboxCourse): Promise<unknown> {
    return succeed(this.administrator, REFRESH, { courseId: _id });
  }

  keyOf({ _id }: SandboxCourse): { userId: string; courseId: string } {
    return { userId: this.learner, courseId: _id };
  }

  async record(): Promise<any> {
    const key = { userId: this.learner, lessonId: this.lesson };
    return (await succeed(this.administrator, RECORD, key)).data;
  }

  /** Watches a stretch of the lesson some hours ago, each stretch at the time that it has in the lesson. */
  watch(course: SandboxCourse, from: number, to: number, client = this.administrator) {
    const at = new Date(Date.now() - 3_600_000 * 5 + to * 1_000).toISOString();
    const sessionId = `session${(this.sessions += 1)}`;
    const beats = [{ seq: 0, from, to, at }];
    const input = { ...this.keyOf(course), lessonId: this.lesson, sessionId, beats };
    return succeed(client, WATCH, { input });
  }

  untilAtHome({ _id }: SandboxCourse): Promise<unknown> {
    return waitFor(async () => (await this.record()).courseId === _id, {
      message: `the record is in ${_id}`,
    });
  }

  untilPercentage(course: SandboxCourse, percentage: number): Promise<unknown> {
    const reached = async () => {
      const progress = await courseProgress(this.administrator, this.keyOf(course));
      return progress.progress_percentage === percentage;
    };
    return waitFor(reached, { message: `${course._id} is at ${percentage} %` });
  }
}

export const administratorOf = (service: TestApp): Promise<GraphqlClient> =>
  service.as({ sub: world.administratorId, role: 'admin' });

const newCourse = (): SandboxCourse => ({ ...world.course, _id: objectId() });
