import { BatchEvidence } from './batch-evidence.js';
import { BatchRecords } from './batch-records.js';
import { BatchResults } from './batch-results.js';

/** What a batch of changes works on: locked rows as they were read, and then as the changes leave them. */
export class BatchState {
  readonly records = new BatchRecords();
  readonly evidence = new BatchEvidence();
  readonly results = new BatchResults();

  /** Erased users of this batch: nothing may begin for them any more. */
  readonly erased = new Set<string>();

  /** The database's clock at the start of the transaction. */
  now = new Date(Number.NaN);
}
