import { FORMER_APPLICATION_NAME } from './data-source-options.js';

/** A condition: a process of a version before has a session of this database. Its changes are not journalled. */
export const FORMER_PROCESSES = `EXISTS (
      SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = '${FORMER_APPLICATION_NAME}')`;
