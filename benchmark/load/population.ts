import {
  COMPLETED_PER_COURSE,
  COURSES_PER_USER,
  learner,
  LESSON_SECONDS,
  LESSONS_PER_COURSE,
  RECORDS_PER_USER,
  unbegun,
  type Learner,
} from '../data-set/shape.ts';
import type { Facts, Operation, OperationKind } from './operation.ts';
import { token } from './token.ts';

const PAGE = 12;
const BEAT_SECONDS = 10;
const BEATS = 10;
/** Beats are sent as offline catch-up: from this many hours ago up to now. */
const OFFLINE_HOURS = 160;
/** The service's COMPLETE_AT_COVERAGE. */
const COMPLETE_AT_COVERAGE = 0.9;

interface Player {
  /** Their number in the data set. */
  user: number;
  learner: Learner;
  /** The `authorization` header. */
  header: string;
  /** Seconds that were added since the data was loaded: to the lesson that they watch, and to those they began. */
  added: number;
  begunSeconds: number;
  seq: number;
  /** Lessons that were begun. */
  begun: number;
  position: number;
  /** Until when the learner's clock was claimed, in milliseconds since 1970. */
  clock: number;
  /** Whether a request for this learner is under way. */
  busy: boolean;
}

export interface Request {
  operation: Operation;
  header: string;
  /** Checks the answer's facts. @returns what is wrong with them, or null */
  settle(facts: Facts | null): string | null;
}

/**
 * The learners of one contender's database, each with a token and the expected values that every answer is compared
 * with. No learner has two requests under way, so the expected values are certain.
 */
export class Population {
  /** Made when it is their turn: there may be hundreds of thousands. */
  private readonly players: (Player | undefined)[];
  private readonly stride: number;
  private readonly recordOf: (user: number) => number;
  private readonly secret: string;
  private next = 0;

  /** @param recordOf the number of the record that a learner watches */
  constructor(
    { count, stride }: { count: number; stride: number },
    recordOf: (user: number) => number,
    secret: string,
  ) {
    this.players = Array.from({ length: count });
    this.stride = stride;
    this.recordOf = recordOf;
    this.secret = secret;
  }

  /** Seconds that were added to watch times, over all learners. */
  get added(): number {
    return this.players.reduce(
      (sum, player) => sum + (player ? player.added + player.begunSeconds : 0),
      0,
    );
  }

  request(kind: OperationKind): Request {
    const player = this.take();
    const { operation, adds } = operationFor(kind, player);
    const settle = (facts: Facts | null): string | null => {
      player.busy = false;
      if (!facts) return 'no answer';
      if (kind === 'begin') player.begunSeconds += adds;
      else player.added += adds;
      return difference(facts, expected(operation, player));
    };
    return { operation, header: player.header, settle };
  }

  /** Learners take turns, in an order that jumps over the whole table. */
  private take(): Player {
    const step = 7_919;
    for (let tries = 0; tries < this.players.length; tries += 1) {
      const player = (this.players[this.next] ??= this.player(this.next));
      this.next = (this.next + step) % this.players.length;
      if (!player.busy) {
        player.busy = true;
        return player;
      }
    }
    throw new Error('more requests are under way than there are learners: use more --rows');
  }

  private player(index: number): Player {
    const user = index * this.stride;
    const person = learner(user, this.recordOf(user));
    return {
      user,
      learner: person,
      header: `authorization: Bearer ${token(person.userId, 'user', this.secret)}\r\n`,
      added: 0,
      begunSeconds: 0,
      seq: 0,
      begun: 0,
      position: 0,
      clock: Math.floor(Date.now() / 1_000) * 1_000 - OFFLINE_HOURS * 3_600_000,
      busy: false,
    };
  }
}

function operationFor(kind: OperationKind, player: Player): { operation: Operation; adds: number } {
  const { userId, courseId, lessonId } = player.learner;
  switch (kind) {
    case 'beat':
      return {
        operation: { kind, userId, lessonId, seconds: BEAT_SECONDS },
        adds: BEAT_SECONDS,
      };
    case 'recordWatch': {
      const beats = Array.from({ length: BEATS }, () => nextBeat(player));
      return {
        operation: { kind, userId, courseId, lessonId, sessionId: 'benchmark', beats },
        adds: BEATS * BEAT_SECONDS,
      };
    }
    case 'begin': {
      player.position = 0;
      const lesson = unbegun(player.user, player.begun);
      player.begun += 1;
      const beats = Array.from({ length: BEATS }, () => nextBeat(player));
      return {
        operation: { kind, userId, ...lesson, sessionId: 'benchmark', beats },
        adds: BEATS * BEAT_SECONDS,
      };
    }
    case 'courseProgress':
      return { operation: { kind, userId, courseId }, adds: 0 };
    case 'statistics':
      return { operation: { kind, userId }, adds: 0 };
    case 'list':
      return { operation: { kind, userId, limit: PAGE }, adds: 0 };
  }
}

/** The player continues at normal speed, and starts again when it reaches the end. */
function nextBeat(player: Player): (Operation & { kind: 'recordWatch' })['beats'][number] {
  if (player.position + BEAT_SECONDS > LESSON_SECONDS) player.position = 0;
  const from = player.position;
  player.position += BEAT_SECONDS;
  player.clock += BEAT_SECONDS * 1_000;
  player.seq += 1;
  return {
    seq: player.seq,
    from,
    to: player.position,
    rate: 1,
    at: new Date(player.clock).toISOString(),
  };
}

function expected(operation: Operation, { learner: person, added, seq }: Player): Facts {
  const completed = seq * BEAT_SECONDS >= LESSON_SECONDS * COMPLETE_AT_COVERAGE ? 1 : 0;
  switch (operation.kind) {
    case 'beat':
      return { seconds: person.lessonSeconds + added };
    case 'recordWatch':
      return { seconds: person.lessonSeconds + added, credited: BEATS * BEAT_SECONDS };
    case 'begin':
      return { seconds: BEATS * BEAT_SECONDS, credited: BEATS * BEAT_SECONDS };
    case 'courseProgress':
      return {
        total: LESSONS_PER_COURSE,
        seconds: person.courseSeconds + added,
        percentage: (100 * (COMPLETED_PER_COURSE + completed)) / LESSONS_PER_COURSE,
      };
    case 'statistics':
      return {
        courses: COURSES_PER_USER,
        completed: COURSES_PER_USER * COMPLETED_PER_COURSE + completed,
        hours: Math.round((person.totalSeconds + added) / 36) / 100,
      };
    case 'list':
      return {
        items: PAGE,
        total: RECORDS_PER_USER,
        firstLesson: person.lessonId,
        seconds: person.lessonSeconds + added,
      };
  }
}

function difference(facts: Facts, wanted: Facts): string | null {
  for (const [name, value] of Object.entries(wanted)) {
    if (facts[name] !== value) return `${name} is ${facts[name]}, not ${value}`;
  }
  return null;
}
