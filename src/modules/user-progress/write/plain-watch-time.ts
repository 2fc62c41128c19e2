import type { AddWatchTimeChange, ProgressChange } from '../changes/progress-change.js';
import { pairName } from '../pair-name.js';

interface Waiting {
  readonly change: ProgressChange;
}

/** The changes that only add watch time to a record that no other change of the batch is for. */
export function plainWatchTime<Entry extends Waiting>(
  batch: readonly Entry[],
): (Entry & { change: AddWatchTimeChange })[] {
  const plain = batch.filter(isPlain);
  if (plain.length === batch.length) return plain;
  const others = new Set(batch.filter((entry) => !isPlain(entry)).map(recordName));
  return plain.filter((entry) => !others.has(recordName(entry)));
}

/** Without an idempotency key: a result that is stored with it is more than one statement. */
const isPlain = <Entry extends Waiting>(
  entry: Entry,
): entry is Entry & { change: AddWatchTimeChange } =>
  entry.change.kind === 'addWatchTime' && entry.change.idempotencyKey === undefined;

const recordName = ({ change }: Waiting): string => pairName(change.userId, change.lessonId);
