import { column, statement } from '../../../../../common/database/statement.js';

/**
 * At which seconds of lesson $2 in course $1, up to second $3, the numbers of learners change who saw it, and who saw it
 * again, and by how much: three lists of the same length, in no order. One row.
 */
export const readBoundaries = statement({
  name: 'read-boundaries',
  columns: {
    seconds: column.json<number[]>(),
    seen: column.json<number[]>(),
    again: column.json<number[]>(),
  },
  text: `
    SELECT coalesce(array_to_json(array_agg(second)), '[]') AS seconds,
           coalesce(array_to_json(array_agg(seen)), '[]') AS seen,
           coalesce(array_to_json(array_agg(again)), '[]') AS again
    FROM analytics_second
    WHERE course_id = $1 AND lesson_id = $2 AND second <= $3 AND (seen <> 0 OR again <> 0)`,
});
