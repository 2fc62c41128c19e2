import type { Topic } from './topics.js';

/** A row of the outbox, claimed by this process. */
export interface OutboxEntry {
  id: string;
  topic: Topic;
  userId: string;
  courseId: string;
  lessonId: string | null;
  occurredAt: Date;
  /** This one included. */
  attempts: number;
  /** Only who holds it may settle the row. */
  leaseToken: string;
  /** Until when nobody else may take it: milliseconds of `performance.now()`, rather too early than too late. */
  leaseEndsAt: number;
}

/** How the log names an entry. */
export const logFields = ({ id, topic, userId, courseId, attempts }: OutboxEntry) => ({
  outboxId: id,
  topic,
  userId,
  courseId,
  attempts,
});
