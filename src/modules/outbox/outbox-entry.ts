import type { Leased } from '../../common/background/lease.js';

export const CERTIFICATE_REQUESTED = 'certificate.requested';
export const CERTIFICATE_ISSUED = 'progress.certificate.issued';

/** Events that other services may listen to; each is published under its topic as subject. */
export const EVENT_TOPICS = [
  'progress.lesson.completed',
  'progress.lesson.reopened',
  'progress.course.completed',
  CERTIFICATE_ISSUED,
] as const;

/** A row of the outbox, claimed by this process. */
export interface OutboxEntry extends Leased {
  id: string;
  topic: string;
  userId: string;
  courseId: string;
  lessonId: string | null;
  occurredAt: Date;
  /** This one included. */
  attempts: number;
}

/** What became of an attempt. An error that is thrown instead means `retry`. */
export type Outcome =
  { kind: 'issued' } | { kind: 'published' } | { kind: 'parked'; reason: string };

/** Tells others what one topic's entries are about. */
export interface OutboxHandler {
  /** Whether an attempt could succeed now. If not, rows stay due and no attempt is counted. */
  ready(): boolean;
  deliver(entry: OutboxEntry): Promise<Outcome>;
}
