import type { Statement } from '../../../../common/database/database.js';

/** Which of some users are erased. $1: user ids */
export const erasedUsers: Statement = {
  name: 'erased_users',
  text: `
    SELECT k.user_id
    FROM unnest($1::varchar[]) AS k (user_id)
    JOIN erased_user e ON e.user_hash = sha256(convert_to(k.user_id, 'UTF8'))`,
};
