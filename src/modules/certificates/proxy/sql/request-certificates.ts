import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';

/**
 * Common table expressions that insert one durable intent for every (user, course) in `source`, and the outbox row that
 * carries it out (`requested`). A pair that has its intent already gets neither: the intent's date is never rewritten.
 * `completedAt`: SQL of the date, from columns of the source or from the transaction.
 */
export const requestCertificates = (
  source: string,
  completedAt = 'transaction_timestamp()',
): string => `
    intent AS (
      INSERT INTO certificate (user_id, course_id, completed_at)
      SELECT user_id, course_id, ${completedAt} FROM ${source}
      ORDER BY user_id, course_id
      ON CONFLICT DO NOTHING
      RETURNING user_id, course_id
    ),
    ${appendToOutbox('requested', { topic: TOPICS.certificateRequested, from: 'intent' })}`;
