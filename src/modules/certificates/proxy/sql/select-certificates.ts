import { column, statement } from '../../../../common/database/statement.js';
import { joinEntry } from '../../../outbox/proxy/sql/entry-of.js';
import { TOPICS } from '../../../outbox/topics.js';
import type { CertificateState } from '../../entity/certificate.entity.js';

/** The columns of a `StoredCertificate`. */
export const CERTIFICATE_COLUMNS = {
  userId: column.varchar,
  courseId: column.varchar,
  status: column.oneOf<CertificateState>(),
  completedAt: column.timestamptz,
  requestedAt: column.nullable(column.timestamptz),
  issuedAt: column.nullable(column.timestamptz),
  reason: column.nullable(column.text),
  attempts: column.nullable(column.int4),
};

/** The same columns in SQL, of the certificate `c`; `reason` and `attempts` are SQL too. */
export const certificateOf = (reason = 'c.reason', attempts = 'NULL::integer'): string => `
  c.user_id AS "userId", c.course_id AS "courseId", c.status, c.completed_at AS "completedAt",
  c.requested_at AS "requestedAt", c.issued_at AS "issuedAt", ${reason} AS reason, ${attempts} AS attempts`;

/** Certificates joined with their requests, which hold the last error until they are settled. */
const CERTIFICATES = `
  SELECT ${certificateOf('coalesce(c.reason, request.last_error)', 'request.attempts')}
  FROM certificate c ${joinEntry('request', TOPICS.certificateRequested, 'c')}`;

/** The certificate of learner $1 for course $2. */
export const selectCertificate = statement({
  name: 'select-certificate',
  columns: CERTIFICATE_COLUMNS,
  text: `${CERTIFICATES} WHERE c.user_id = $1 AND c.course_id = $2`,
});

const FILTERS = { userId: 'c.user_id', courseId: 'c.course_id' } as const;

export type CertificateFilterName = keyof typeof FILTERS;

/**
 * Up to $1 certificates after (learner $2, course $3), in that order; then the filters' values. The status is part of
 * the text: with a parameter, the planner would not use the index of certificates that are not issued.
 */
export function listCertificates(
  filters: readonly CertificateFilterName[],
  status: CertificateState | undefined,
) {
  const conditions = [
    '(c.user_id, c.course_id) > ($2, $3)',
    ...filters.map((name, index) => `${FILTERS[name]} = $${4 + index}`),
    ...(status === undefined ? [] : [`c.status = '${status}'`]),
  ];
  return statement({
    name: ['list-certificates', ...filters, ...(status === undefined ? [] : [status])].join('-'),
    columns: CERTIFICATE_COLUMNS,
    text: `
      ${CERTIFICATES}
      WHERE ${conditions.join(' AND ')}
      ORDER BY c.user_id, c.course_id
      LIMIT $1`,
  });
}
