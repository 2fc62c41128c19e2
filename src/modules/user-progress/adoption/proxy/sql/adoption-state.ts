import { column, statement } from '../../../../../common/database/statement.js';

const STATE = {
  timeZone: column.text,
  position: column.nullable(column.varchar),
  records: column.float8,
  finishedAt: column.nullable(column.timestamptz),
};
const STATE_COLUMNS = `
  time_zone AS "timeZone", position, records::float8 AS records, finished_at AS "finishedAt"`;

/** Begins an adoption, with settings that stay the same to its end: time zone $1, certificates $2. */
export const beginAdoption = statement({
  name: 'begin-adoption',
  columns: {},
  text: `
    INSERT INTO adoption (time_zone, certificates) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
});

/** Fails when there is no time zone $1. */
export const checkTimeZone = statement({
  name: 'check-time-zone',
  columns: {},
  text: `SELECT FROM (SELECT now() AT TIME ZONE $1::text AS local) AS checked WHERE local IS NULL`,
});

/** The state of the adoption; no row when none was begun. */
export const adoptionState = statement({
  name: 'adoption-state',
  columns: STATE,
  text: `SELECT ${STATE_COLUMNS} FROM adoption`,
});

export const finishAdoption = statement({
  name: 'finish-adoption',
  columns: {},
  text: `UPDATE adoption SET finished_at = clock_timestamp()`,
});
