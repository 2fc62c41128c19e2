import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';

/**
 * The common table expressions that make one durable intent of every (user, course) in `source`, and the outbox row
 * that carries it out (`requested`). A pair that has its intent already gets neither: the intent's date is never
 * rewritten. `completedAt`: SQL of the date, of columns of the source or of the transaction.
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
