import { Logger } from '@nestjs/common';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';

export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

/** What the primary and its workers ask each other: what comes with a question, and what is answered. */
interface Questions {
  /** To a worker. */
  alive: [asked: void, answered: true];
  metrics: [asked: void, answered: MetricValues];
  /** Serve to the end what has begun, and end: another worker has taken over. */
  retire: [asked: void, answered: true];
  /** To the primary. */
  'metrics of all': [asked: void, answered: string];
  /** What a worker counted until its end. */
  'last metrics': [asked: MetricValues, answered: true];
}

type Question = keyof Questions;

type Message =
  { question: Question; id: number; value: unknown } | { answerTo: number; value: unknown };

/** `process` in a worker, `cluster.Worker` in the primary. */
interface End {
  send?(message: Message, then: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

/** Questions and answers between two processes of a cluster, each of which may die at any moment. */
export class Channel {
  private readonly logger = new Logger(Channel.name);
  private readonly answers = new Map<Question, (value: never) => unknown>();
  private readonly waiting = new Map<number, (value: unknown) => void>();
  private asked = 0;

  constructor(private readonly end: End) {
    end.on('message', (message) => void this.hear(message));
  }

  answer<Q extends Question>(
    question: Q,
    answer: (value: Questions[Q][0]) => Questions[Q][1] | Promise<Questions[Q][1]>,
  ): void {
    this.answers.set(question, answer);
  }

  /** @returns undefined when no answer came in time */
  ask<Q extends Question>(
    question: Q,
    withinMs: number,
    value: Questions[Q][0],
  ): Promise<Questions[Q][1] | undefined> {
    const id = (this.asked += 1);
    return new Promise((resolve) => {
      const finish = (answered: unknown): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(answered as Questions[Q][1] | undefined);
      };
      const timer = setTimeout(finish, withinMs, undefined);
      this.waiting.set(id, finish);
      this.send({ question, id, value });
    });
  }

  private async hear(message: Message): Promise<void> {
    if ('answerTo' in message) return this.waiting.get(message.answerTo)?.(message.value);
    const { question, id, value } = message;
    try {
      this.send({ answerTo: id, value: await this.answers.get(question)?.(value as never) });
    } catch (error) {
      this.logger.error({ msg: 'a question was not answered', question, err: error });
    }
  }

  /** Without the callback, a message to a process that has just died would be an error that nobody handles. */
  private send(message: Message): void {
    this.end.send?.(message, () => undefined);
  }
}
