/**
 * A common table expression that gives the intents which this transaction inserted the date of `source` (user_id,
 * course_id, completed_at). `named`: a condition that names the learners of the certificates `f`. `now`: SQL of the transaction's
 * time, which the intents have.
 */
export const dateCertificates = (source: string, named: string, now: string): string => `
    dated_certificates AS (
      UPDATE certificate f SET completed_at = d.completed_at
      FROM ${source} d
      WHERE f.user_id = d.user_id AND f.course_id = d.course_id
        AND ${named} AND f.completed_at = ${now}
    )`;
