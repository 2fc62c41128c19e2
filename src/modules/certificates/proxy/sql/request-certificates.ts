/**
 * The common table expressions that make one durable intent of every (user, course) in `source`, and the outbox row
 * that carries it out. A pair that has its intent already gets neither: the intent's date is never rewritten.
 */
export const requestCertificates = (source: string): string => `
    intent AS (
      INSERT INTO certificate (user_id, course_id, completed_at)
      SELECT user_id, course_id, transaction_timestamp() FROM ${source}
      ORDER BY user_id, course_id
      ON CONFLICT DO NOTHING
      RETURNING user_id, course_id
    ),
    requested AS (
      INSERT INTO outbox (topic, user_id, course_id)
      SELECT 'certificate.requested', user_id, course_id FROM intent
      RETURNING id
    )`;
