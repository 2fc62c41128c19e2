import { differOnlyByWatching } from '../progress-record.js';
import type { ChangedRecord } from './batch-records.js';

/**
 * True when a stored record was only watched since: no lesson was started, completed, reopened, moved or deleted. So no
 * course can have become complete.
 */
export const isOnlyWatched = ({
  record,
  before,
}: Pick<ChangedRecord, 'record' | 'before'>): boolean =>
  before !== null && differOnlyByWatching(before, record);
