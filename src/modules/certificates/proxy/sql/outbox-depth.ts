import type { Statement } from '../../../../common/database/database.js';

/** What waits, by topic. Reads the whole table, which is as long as what waits. */
export const outboxDepth: Statement = {
  name: 'outbox-depth',
  text: `
    SELECT topic,
           count(*) FILTER (WHERE parked_at IS NULL)::integer AS pending,
           count(parked_at)::integer AS parked,
           coalesce(extract(epoch FROM now() - min(occurred_at) FILTER (WHERE parked_at IS NULL)), 0)::float8
             AS "oldestSeconds"
    FROM outbox
    GROUP BY topic`,
};
