import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FIRST_NUMBER, FIRST_PIECE, fillToTheBounds } from '../../security/most-fragmented.ts';
import { signToken } from '../../support/tokens.ts';
import type { Stage } from '../stage/stage.ts';
import type { FromHostile, ToHostile } from './hostile-process.ts';

const PROGRAM = join(import.meta.dirname, 'hostile-process.ts');
const COURSE = 'HOSTILE-C';
const LESSONS = Array.from({ length: 100 }, (_, index) => `HOSTILE-L${index + 1}`);
const BEATS = 500;
const REQUESTS = 60;

const PAGE = '{ userProgressList(limit: 100) { items { id lessonId watched { from to } } } }';
const WATCH = `mutation ($input: RecordWatchInput!) {
  recordWatch(input: $input) { data { watched { from to } } beats { seq result } } }`;

/** A learner whose rows are as large as the bounds allow, and who sends the dearest requests that are accepted. */
export class HostileLearner {
  private readonly process: ChildProcess = fork(PROGRAM);
  private readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Makes a learner's rows as large as the bounds allow. */
  async prepare(userId: string): Promise<void> {
    const query = (text: string, values: unknown[]) => this.stage.postgres.query(text, values);
    await fillToTheBounds(query, { userId, courseId: COURSE, lessonIds: LESSONS });
  }

  /**
   * Sends such requests for some seconds over some connections, each after the answer to the last.
   * @returns how many answers came with each HTTP status
   */
  async ask(userId: string, seconds: number, connections: number): Promise<Record<number, number>> {
    const message: ToHostile = {
      ports: this.stage.services.map(({ link }) => link.port),
      token: await signToken({ sub: userId, role: 'user' }),
      bodies: Array.from({ length: REQUESTS }, (_, number) =>
        JSON.stringify(request(userId, number)),
      ),
      connections,
      seconds,
    };
    const answered = once(this.process, 'message') as Promise<[FromHostile]>;
    this.process.send(message);
    return (await answered)[0].statuses;
  }

  close(): void {
    this.process.disconnect();
  }
}

function request(userId: string, number: number): object {
  if (number % 3 === 0) return { query: PAGE };
  return number % 3 === 1 ? watch(userId, number) : changes(userId, number % 2 === 0);
}

/** Beats that fill gaps of a lesson and of a session, or stand still. */
function watch(userId: string, number: number): object {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const beats = Array.from({ length: BEATS }, (_, beat) => {
    const from = number % 2 === 0 ? 5 : FIRST_PIECE + 2 * beat + 1;
    const to = number % 2 === 0 ? from : from + 1;
    return { seq: FIRST_NUMBER + 2 * beat + 1, from, to, rate: 1, at };
  });
  const lessonId = LESSONS[number % LESSONS.length];
  const input = { userId, courseId: COURSE, lessonId, sessionId: `s${number + 1}`, beats };
  return { query: WATCH, variables: { input } };
}

function changes(userId: string, completed: boolean): object {
  const asked = LESSONS.slice(0, 20).map((lessonId, alias) =>
    completed
      ? `a${alias}: markLessonAsCompleted(userId: "${userId}", lessonId: "${lessonId}") { success }`
      : `a${alias}: updateLessonWatchTime(userId: "${userId}", lessonId: "${lessonId}", seconds: 1) { success }`,
  );
  return { query: `mutation { ${asked.join(' ')} }` };
}
