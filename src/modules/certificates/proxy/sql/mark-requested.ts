import { statement } from '../../../../common/database/statement.js';

/** Stores that the certificate service is about to be asked for learner $1, course $2. Only the first time counts. */
export const markRequested = statement({
  name: 'mark-certificate-requested',
  columns: {},
  text: `
    UPDATE certificate SET requested_at = now()
    WHERE user_id = $1 AND course_id = $2 AND requested_at IS NULL`,
});
