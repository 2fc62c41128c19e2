import { BatchActivity } from './batch-activity.js';
import { BatchEvidence } from './batch-evidence.js';
import { BatchHomes } from './batch-homes.js';
import { BatchRecords } from './batch-records.js';
import { BatchResults } from './batch-results.js';

/** The data that a batch works on: locked rows as they were read, later with the batch's changes. */
export class BatchState {
  readonly records = new BatchRecords();
  readonly evidence = new BatchEvidence();
  readonly results = new BatchResults();
  readonly homes = new BatchHomes();
  readonly activity = new BatchActivity();

  /** Erased users of this batch: no record may be created for them. */
  readonly erased = new Set<string>();

  /** The database's clock at the start of the transaction. */
  now = new Date(Number.NaN);

  /** The same to the microsecond, as PostgreSQL writes it. */
  exactNow = '';
}
