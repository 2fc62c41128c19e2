import type { Statement } from '../../common/database/statement.js';
import type { ExportedList } from './proxy/exported-list.js';

/** Erases up to `ERASE_BATCH` rows of a user, and says how many. $1: user id */
export type Erasing = Statement<{ erased: number }>;

/** A table that holds something of learners, as the module that owns it hands it in to `PersonalData`. */
export interface PersonalTable {
  /** Its name in the database. */
  readonly table: string;
  /** When it is erased: the lowest rank first. No two tables have the same. */
  readonly rank: number;
  readonly erase: Erasing;
  /** What a learner's export says of it; none where other tables say the same, or it says nothing of the learner. */
  readonly exported?: ExportedList;
}
