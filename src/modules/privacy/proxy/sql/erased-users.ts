import { column, statement } from '../../../../common/database/statement.js';

/** Which of the given users are erased. $1: user ids */
export const erasedUsers = statement({
  name: 'erased-users',
  columns: { userId: column.varchar },
  text: `
    SELECT k.user_id AS "userId"
    FROM unnest($1::varchar[]) AS k (user_id)
    JOIN erased_user e ON e.user_hash = sha256(convert_to(k.user_id, 'UTF8'))`,
});
