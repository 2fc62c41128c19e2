import { courseId, lessonIds } from '../stage/platform.ts';
import type { Answer } from './client.ts';
import { ADD, COMPLETE, CREATE, DELETE, ERASE, UPDATE, WATCH } from './operations.ts';
import { pick, type Random } from './random.ts';

type Send = (query: string, variables: object) => Promise<Answer>;

const SIZES = [1, 2, 3];
const KEYS = 50;
const BEATS = 4;
const BEAT_S = 10;
const LESSON_S = 600;
const AGO_S = 3_600;
/** One of so many changes erases its learner. */
const CHANGES_PER_ERASURE = 500;

/**
 * Sends changes of every kind, of few learners, so that most meet others in the same rows. A learner who is erased is
 * followed by another one.
 */
export class AnyChange {
  private readonly random: Random;
  private readonly name: string;
  private readonly learners: string[];
  /** Ids of records, by learner and lesson. */
  private readonly ids = new Map<string, string>();
  private erased = 0;

  constructor(random: Random, name: string, learners: number) {
    this.random = random;
    this.name = name;
    this.learners = Array.from({ length: learners }, (_, place) => `${name}-${place}`);
  }

  async send(send: Send): Promise<Answer> {
    const { random } = this;
    const place = Math.floor(random() * this.learners.length);
    const userId = this.learners[place]!;
    if (random() * CHANGES_PER_ERASURE < 1) {
      this.erased += 1;
      this.learners[place] = `${this.name}-${place}-${this.erased}`;
      return send(ERASE, { userId });
    }
    const size = pick(random, SIZES);
    const lessonId = pick(random, lessonIds(size));
    const [query, variables] = pick(random, this.changesOf(userId, size, lessonId));
    const answer = await send(query, variables);
    if (query === CREATE && answer.outcome === 'acknowledged') {
      this.ids.set(`${userId} ${lessonId}`, (answer.data as { data: { id: string } }).data.id);
    }
    return answer;
  }

  private changesOf(userId: string, size: number, lessonId: string): [string, object][] {
    const { random } = this;
    const key = `${lessonId}-${Math.floor(random() * KEYS)}`;
    const id = this.ids.get(`${userId} ${lessonId}`);
    return [
      [CREATE, { userId, lessonId, courseId: courseId(size) }],
      [ADD, { userId, lessonId, seconds: BEAT_S }],
      [ADD, { userId, lessonId, seconds: BEAT_S, key }],
      [COMPLETE, { userId, lessonId }],
      [WATCH, { input: { userId, lessonId, courseId: courseId(size), ...watched(random) } }],
      ...(id === undefined
        ? []
        : ([
            [UPDATE, { id, completed: random() < 0.5 }],
            [UPDATE, { id, seconds: Math.floor(random() * LESSON_S) }],
            [DELETE, { id }],
          ] satisfies [string, object][])),
    ];
  }
}

/** Beats of one of two sessions, some of them sent before, from some time within the last hour. */
function watched(random: Random): { sessionId: string; beats: object[] } {
  const first = Math.floor(random() * (LESSON_S / BEAT_S - BEATS));
  const begun = Math.floor(Date.now() / 1_000) - AGO_S;
  return {
    sessionId: pick(random, ['one', 'two']),
    beats: Array.from({ length: BEATS }, (_, index) => {
      const seq = first + index;
      const to = (seq + 1) * BEAT_S;
      return { seq, from: seq * BEAT_S, to, at: new Date((begun + to) * 1_000).toISOString() };
    }),
  };
}
