import { appendToJournal, erasedRecordMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { eraseRows } from '../../../privacy/proxy/sql/erase-rows.js';

/** Deletes some of a user's records, with what they gave to the figures of lessons. */
export const eraseRecords = eraseRows('user_progress', ['user_id', 'lesson_id'], (gone) =>
  appendToJournal('journalled', erasedRecordMoves(gone)),
);
