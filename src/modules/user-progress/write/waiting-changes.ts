import type { ProgressChange } from '../changes/progress-change.js';
import type { ChangeWeights } from './change-weights.js';

interface Waiting {
  readonly change: ProgressChange;
  /** Milliseconds of `performance.now()`. */
  readonly deadline: number;
}

/** What a learner has in the batch that is being made up. */
interface Share {
  weight: number;
  mayComplete: boolean;
  isFull: boolean;
}

/** The part of a batch that one learner may fill while more changes wait, theirs or others'. */
const SHARE_OF_BATCH = 1 / 4;

/**
 * The changes that wait for a batch: one line for each learner. Batches take from the lines in turns, so a learner who
 * sends much does not hold up the others. The changes of one learner keep their order.
 */
export class WaitingChanges<Entry extends Waiting> {
  /** The learner who has waited for a turn for longest comes first. */
  private readonly lines = new Map<string, Entry[]>();
  private count = 0;

  constructor(
    private readonly weights: ChangeWeights,
    private readonly batchMaximum: number,
  ) {}

  get length(): number {
    return this.count;
  }

  push(entry: Entry): void {
    const { userId } = entry.change;
    const line = this.lines.get(userId);
    if (line) line.push(entry);
    else this.lines.set(userId, [entry]);
    this.count += 1;
  }

  /** Removes the next batch: changes that together weigh at most its maximum, or a single one that weighs more. */
  take(): Entry[] {
    const batch: Entry[] = [];
    const shares = new Map<string, Share>();
    let room = this.batchMaximum;
    for (let before = -1; before < batch.length && room > 0;) {
      before = batch.length;
      for (const [userId, line] of this.lines) {
        const share = shares.get(userId) ?? { weight: 0, mayComplete: false, isFull: false };
        const entry = line[0];
        if (!entry || share.isFull) continue;
        const weight = this.weights.of(entry.change);
        const fits = weight <= room || batch.length === 0;
        if (!fits || !this.mayTake(entry.change, weight, share)) {
          share.isFull = true;
        } else {
          batch.push(line.shift()!);
          room -= weight;
          share.weight += weight;
          share.mayComplete ||= mayComplete(entry.change);
        }
        shares.set(userId, share);
        if (room <= 0) break;
      }
    }
    this.count -= batch.length;
    for (const [userId, { weight }] of shares) if (weight > 0) this.moveBack(userId);
    return batch;
  }

  /** Removes the changes whose deadline is over. */
  takeExpired(now: number): Entry[] {
    const expired: Entry[] = [];
    for (const [userId, line] of this.lines) {
      const first = line.findIndex(({ deadline }) => deadline > now);
      expired.push(...line.splice(0, first === -1 ? line.length : first));
      if (line.length === 0) this.lines.delete(userId);
    }
    this.count -= expired.length;
    return expired;
  }

  /**
   * Not beyond the learner's share, and not a change that may reopen what an earlier one may have completed: in one
   * transaction, the course would never be seen as complete, and its certificate would never be requested.
   */
  private mayTake(change: ProgressChange, weight: number, share: Share): boolean {
    if (mayReopen(change) && share.mayComplete) return false;
    return share.weight === 0 || share.weight + weight <= this.batchMaximum * SHARE_OF_BATCH;
  }

  private moveBack(userId: string): void {
    const line = this.lines.get(userId)!;
    this.lines.delete(userId);
    if (line.length > 0) this.lines.set(userId, line);
  }
}

function mayComplete(change: ProgressChange): boolean {
  if (change.kind === 'recordWatch') return true;
  return (change.kind === 'create' || change.kind === 'set') && change.completed === true;
}

function mayReopen(change: ProgressChange): boolean {
  return change.kind === 'delete' || (change.kind === 'set' && change.completed === false);
}
