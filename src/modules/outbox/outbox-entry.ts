import type { Leased } from '../../common/background/lease.js';
import type { Topic } from './topics.js';

/** A row of the outbox, claimed by this process. */
export interface OutboxEntry extends Leased {
  id: string;
  topic: Topic;
  userId: string;
  courseId: string;
  lessonId: string | null;
  occurredAt: Date;
  /** The number of attempts, with this one. */
  attempts: number;
}

/** The fields of an entry in log lines. */
export const logFields = ({ id, topic, userId, courseId, attempts }: OutboxEntry) => ({
  outboxId: id,
  topic,
  userId,
  courseId,
  attempts,
});
