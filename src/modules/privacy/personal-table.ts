import type { Statement } from '../../common/database/statement.js';
import type { ExportedList } from './proxy/exported-list.js';

/** Erases up to `ERASE_BATCH` rows of a user, and returns their number. $1: user id */
export type Erasing = Statement<{ erased: number }>;

/** A table with personal data of learners. The module that owns it hands it to `PersonalData`. */
export interface PersonalTable {
  /** Its name in the database. */
  readonly table: string;
  /** The order of erasing: the lowest rank first. No two tables have the same rank. */
  readonly rank: number;
  readonly erase: Erasing;
  /** The table's part of an export. None when other tables hold the same data, or it says nothing about the learner. */
  readonly exported?: ExportedList;
}
