import { courseId, lessonIds } from '../stage/platform.ts';
import type { Answer } from './client.ts';
import { ADD_BASE, type Ledger, type RecordLedger } from './ledger.ts';
import { ADD, COMPLETE, CREATE } from './operations.ts';
import { shuffle, type Random } from './random.ts';

export type Send = (query: string, variables: object) => Promise<Answer>;

/** Sends its request once. @returns whether the learner continues with the next step */
type Step = (send: Send) => Promise<boolean>;

const PLAIN_ADDS = [0, 1, 2];
const KEYED_ADD = 3;

/** A learner who takes a course from the first record to the certificate, one request at a time. */
export class Learner {
  readonly userId: string;
  private readonly ledger: Ledger;
  private readonly steps: Step[];

  constructor(userId: string, lessons: number, ledger: Ledger, random: Random) {
    this.userId = userId;
    this.ledger = ledger;
    const records = lessonIds(lessons).map((lessonId) =>
      ledger.record(userId, courseId(lessons), lessonId),
    );
    const further = records.flatMap((record) => [
      ...PLAIN_ADDS.map((number) => this.add(record, number)),
      this.addWithKey(record, KEYED_ADD),
      this.complete(record),
    ]);
    this.steps = [...records.map((record) => this.create(record)), ...shuffle(random, further)];
  }

  get finished(): boolean {
    return this.steps.length === 0;
  }

  async step(send: Send): Promise<Answer | undefined> {
    let last: Answer | undefined;
    const goOn = await this.steps[0]!(async (query, variables) => {
      last = await send(query, variables);
      return last;
    });
    if (goOn) this.steps.shift();
    return last;
  }

  /** Repeats until the record is known to exist. */
  private create(record: RecordLedger): Step {
    const { userId, lessonId, courseId } = record;
    return async (send) => {
      const answer = await send(CREATE, { userId, lessonId, courseId });
      record.creates.push(this.ledger.note(answer));
      return answer.outcome === 'acknowledged' || answer.code === 'CONFLICT';
    };
  }

  private complete(record: RecordLedger): Step {
    const { userId, lessonId } = record;
    return async (send) => {
      const answer = await send(COMPLETE, { userId, lessonId });
      record.completes.push(this.ledger.note(answer));
      return answer.outcome === 'acknowledged';
    };
  }

  /** Sends it once: a repeat could add the time twice. */
  private add(record: RecordLedger, number: number): Step {
    return async (send) => {
      await this.sendAdd(record, number, null, send);
      return true;
    };
  }

  /** Repeats until it is known to be added: the idempotency key makes repeats harmless. */
  private addWithKey(record: RecordLedger, number: number): Step {
    const key = `${record.lessonId}-${number}`;
    return async (send) =>
      (await this.sendAdd(record, number, key, send)).outcome === 'acknowledged';
  }

  private async sendAdd(
    record: RecordLedger,
    number: number,
    key: string | null,
    send: Send,
  ): Promise<Answer> {
    const { userId, lessonId } = record;
    const answer = await send(ADD, { userId, lessonId, seconds: ADD_BASE ** number, key });
    (record.adds[number] ??= []).push(this.ledger.note(answer));
    return answer;
  }
}
