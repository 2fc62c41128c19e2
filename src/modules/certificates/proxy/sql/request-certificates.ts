import { appendToOutbox } from '../../../outbox/proxy/sql/append.js';
import { TOPICS } from '../../../outbox/topics.js';

/**
 * Common table expressions that insert one durable intent for every (user, course) in `source`, and the outbox row that
 * carries it out (`requested`). A pair that has its intent already gets neither: the intent's date is never rewritten.
 * `completedAt`: SQL of the date, of the source or a parameter.
 */
export const requestCertificates = (source: string, completedAt: string): string => `
    intent AS (
      INSERT INTO certificate (user_id, course_id, completed_at)
      SELECT user_id, course_id, ${completedAt} FROM ${source}
      ORDER BY user_id, course_id
      ON CONFLICT DO NOTHING
      RETURNING user_id, course_id
    ),
    ${appendToOutbox('requested', { topic: TOPICS.certificateRequested, from: 'intent' })}`;

/**
 * The same for courses that may have been complete before this service was there: the column `adopted` of `source` says
 * how their certificates are treated (`ADOPT_CERTIFICATES`), or is null. `assume`: issued, and nobody is asked. `check`:
 * requested once the certificate service can be asked whether it issued one. `request`: as any other. `now`: SQL of the
 * transaction's time. The caller journals the rows of `intent`: some are issued.
 */
export const requestAdoptedCertificates = (source: string, now: string): string => `
    intent AS (
      INSERT INTO certificate (user_id, course_id, completed_at, status, issued_at, must_check)
      SELECT user_id, course_id, ${now},
             CASE adopted WHEN 'assume' THEN 'ISSUED' ELSE 'REQUESTED' END,
             CASE adopted WHEN 'assume' THEN ${now} END,
             coalesce(adopted = 'check', false)
      FROM ${source}
      ORDER BY user_id, course_id
      ON CONFLICT DO NOTHING
      RETURNING user_id, course_id, status, issued_at
    ),
    ${appendToOutbox('requested', {
      topic: TOPICS.certificateRequested,
      from: 'intent',
      where: "status = 'REQUESTED'",
    })}`;
