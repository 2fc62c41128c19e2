import { column, statement } from '../../../../common/database/statement.js';

/** How many rows wait, by topic. Reads the whole table, which holds only waiting and parked rows. */
export const outboxDepth = statement({
  name: 'outbox-depth',
  columns: {
    topic: column.text,
    pending: column.int4,
    parked: column.int4,
    oldestSeconds: column.float8,
  },
  text: `
    SELECT topic,
           count(*) FILTER (WHERE parked_at IS NULL)::integer AS pending,
           count(parked_at)::integer AS parked,
           coalesce(extract(epoch FROM now() - min(occurred_at) FILTER (WHERE parked_at IS NULL)), 0)::float8
             AS "oldestSeconds"
    FROM outbox
    GROUP BY topic`,
});
