/**
 * A common table expression that gives the intents which this transaction inserted the date of `source` (user_id,
 * course_id, completed_at).
 */
export const dateCertificates = (source: string): string => `
    dated_certificates AS (
      UPDATE certificate f SET completed_at = d.completed_at
      FROM ${source} d
      WHERE f.user_id = d.user_id AND f.course_id = d.course_id
        AND f.completed_at = transaction_timestamp()
    )`;
