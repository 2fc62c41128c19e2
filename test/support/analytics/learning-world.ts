import type { ProgressChange } from '../../../src/modules/user-progress/changes/progress-change.js';
import { objectId, userId } from '../../builders/ids.ts';
import { ObservedLearning } from './observed-learning.ts';
import type { WriteStage } from './write-stage.ts';

const KINDS = ['create', 'set', 'add', 'complete', 'reopen', 'delete', 'keyedAdd'] as const;
/** Several lives of a record at once: in one batch, if the queue is busy. */
const CHURN = ['reopen', 'delete', 'create', 'complete', 'delete'] as const;

type Kind = (typeof KINDS)[number] | 'beats';

/** What a learner does in a lesson. */
export interface Command {
  kind: Kind | 'churn';
  learner: number;
  lesson: number;
  seconds: number;
  beats: readonly { from: number; length: number; at: number }[];
}

interface Structure {
  /** Which of the two courses each lesson is in. */
  homes: readonly number[];
  /** The length of each lesson; null: not known. */
  durations: readonly (number | null)[];
}

interface Plan extends Structure {
  learners: number;
  instructorId?: string;
}

/** Learners, two courses and their lessons, that nobody had before. */
export class LearningWorld {
  static readonly KINDS = KINDS;
  readonly learners: readonly string[];
  readonly courses = [objectId(), objectId()];
  readonly lessons: readonly string[];
  readonly learning: ObservedLearning;
  private homes: readonly number[];
  private durations: readonly (number | null)[];
  private numbers = 0;

  constructor(
    private readonly stage: WriteStage,
    private readonly plan: Plan,
  ) {
    this.learners = Array.from({ length: plan.learners }, userId);
    this.lessons = plan.homes.map(objectId);
    this.homes = plan.homes;
    this.durations = plan.durations;
    this.learning = new ObservedLearning(stage.pool);
  }

  /** Stores both courses, as their service says at that time. */
  async offer(at: Date): Promise<void> {
    for (const [course, courseId] of this.courses.entries()) {
      const lessons = this.lessons.map((lessonId, lesson) => ({
        ...{ lessonId, home: this.homes[lesson]! },
        ...{ title: `Lesson ${lesson}`, durationSeconds: this.durations[lesson]! },
      }));
      await this.stage.offer(
        courseId,
        lessons.filter(({ home }) => home === course),
        at,
        { title: `Course ${1 - course}`, instructorId: this.plan.instructorId ?? null },
      );
    }
  }

  async changeStructure({ homes, durations, at }: Structure & { at: Date }): Promise<void> {
    this.homes = homes;
    this.durations = durations;
    await this.offer(at);
    await this.stage.evaluate();
    await this.learning.read();
  }

  /** Sends all at once, each record's changes to one process. */
  async send(sent: readonly Command[], parity: number): Promise<void> {
    const changes = sent.flatMap((command) => {
      const kinds = command.kind === 'churn' ? CHURN : [command.kind];
      const process = (command.lesson + parity) % 2;
      return kinds.map((kind) => ({ process, change: this.changeOf({ ...command, kind }) }));
    });
    const outcomes = await Promise.all(
      changes.map(({ process, change }) => this.stage.submit(process, change)),
    );
    outcomes.forEach((outcome, index) => {
      if (outcome) this.learning.note(changes[index]!.change, outcome);
    });
  }

  async erase(learner: number): Promise<void> {
    const erased = this.learners[learner]!;
    this.learning.erased.add(erased);
    await this.stage.erase(erased);
  }

  async certify(learner: number): Promise<void> {
    for (const courseId of this.courses) {
      await this.stage.confirmCertificate(this.learners[learner]!, courseId);
    }
  }

  /** Until everything is folded, and nothing of an erased learner is left. */
  async settle(): Promise<void> {
    // What was written by those who had not seen the tombstone is erased later.
    for (const erased of this.learning.erased) await this.stage.erase(erased);
    await this.stage.foldAll();
    await this.learning.read();
  }

  private changeOf({ kind, ...command }: Command & { kind: Kind }): ProgressChange {
    const lessonId = this.lessons[command.lesson]!;
    const key = { userId: this.learners[command.learner]!, lessonId };
    const courseId = this.courses[this.homes[command.lesson]!]!;
    const durationSeconds = this.durations[command.lesson]!;
    const { seconds } = command;
    this.numbers += 1;
    switch (kind) {
      case 'create':
        return {
          ...{ kind, ...key, courseId, completed: seconds > 20 },
          ...{ watchTimeSeconds: seconds, durationSeconds },
        };
      case 'set':
        return {
          kind,
          ...key,
          watchTimeSeconds: seconds,
          ...(seconds > 25 && { completed: true }),
        };
      case 'complete':
      case 'reopen':
        return { kind: 'set', ...key, completed: kind === 'complete' };
      case 'add':
        return { kind: 'addWatchTime', ...key, seconds: seconds + 1 };
      case 'keyedAdd':
        return {
          ...{ kind: 'addWatchTime', ...key, seconds: seconds + 1 },
          idempotencyKey: `${this.numbers}`,
        };
      case 'delete':
        return { kind, ...key, id: this.learning.idOf(key.userId, lessonId) ?? '' };
      case 'beats':
        return {
          ...{ kind: 'recordWatch', ...key, courseId, sessionId: `session${this.numbers}` },
          ...{ create: { durationSeconds }, elsewhere: { lostBy: null } },
          beats: command.beats.map(({ from, length, at }, seq) => ({
            ...{ seq, from, to: from + length, rate: 1, at: new Date(at) },
          })),
        };
    }
  }
}
